package io.weekly.render.svg;

/**
 * Limits the work of drawing one SVG. A limit for the number of elements is not enough, because a thousand elements may use the same long
 * path. The unit is one path segment that is written to the page. Other work that grows with the size of the file is converted roughly to
 * segments.
 */
final class SvgBudget {
    private static final long MAX_SEGMENTS = 200_000;

    private long used;

    /** @throws IllegalArgumentException if the SVG needs more work than a logo may */
    void add(long segments) {
        used += segments;
        if (used > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "draws more than %d path segments, or other work that takes as long".formatted(MAX_SEGMENTS));
        }
    }

    /** Adds the work of reading or writing a text of this length. */
    void addText(int characters) {
        add(characters / 8);
    }
}
