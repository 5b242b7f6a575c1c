package io.weekly.render.svg;

import io.weekly.render.RenderStopped;
import java.time.Duration;

/**
 * Limits the work of drawing one SVG. A limit for the number of elements is not enough, because a thousand elements may use the same long
 * path. The unit is one path segment that is written to the page. Other work that grows with the size of the file is converted roughly to
 * segments. An SVG needs the same number of segments each time, so a logo that was accepted at its upload is accepted by each report.
 *
 * <p>The time is limited too, in case some work costs more than its segments say. So no drawing blocks a thread for long.
 */
final class SvgBudget {
    private static final long MAX_SEGMENTS = 200_000;
    /** Far more than {@value #MAX_SEGMENTS} segments need, so that a slow machine refuses no logo. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    private final long startedAt = System.nanoTime();
    private long used;

    /**
     * @throws IllegalArgumentException if the SVG needs more work than a logo may
     * @throws RenderStopped if this thread was interrupted
     */
    void add(long segments) {
        RenderStopped.ifInterrupted();
        used += segments;
        if (used > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "draws more than %d path segments, or other work that takes as long".formatted(MAX_SEGMENTS));
        }
        if (System.nanoTime() - startedAt > MAX_TIME.toNanos()) {
            throw new IllegalArgumentException("takes more than %d seconds to draw".formatted(MAX_TIME.toSeconds()));
        }
    }

    /** Adds the work of reading or writing a text of this length. */
    void addText(int characters) {
        add(characters / 8);
    }
}
