package io.weekly.render.template;

import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.TemplateNode.Origin;
import io.weekly.render.RenderStopped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one composition of a template may use. Without limits, a loop of a few characters ({@code {#for i in 2000000000}}) would take all of
 * the memory, or a thread for hours. Each composition has its own instance, and is composed by one thread.
 */
final class TemplateLimits {
    static final String ATTRIBUTE = "io.weekly.limits";
    /** Qute keeps the result of each part (a text, a value, a section) in memory until the page is written. */
    static final int MAX_PARTS = 2_000_000;
    /** Of the composed text. */
    static final int MAX_CHARACTERS = 50_000_000;
    /** The layout keeps several objects for each element. A table of 10,000 rows and 20 columns has 420,000 tags. */
    static final int MAX_TAGS = 500_000;
    /** Sections within sections. */
    static final int MAX_DEPTH = 100;
    private static final String TOO_LONG = "the text becomes longer than %d characters".formatted(MAX_CHARACTERS);
    private static final String TOO_MANY_PARTS = "the loops write more than %d texts and values".formatted(MAX_PARTS);
    private static final Duration MAX_TIME = Duration.ofMinutes(1);
    private static final String TOO_SLOW = "the template takes longer than %d s".formatted(MAX_TIME.toSeconds());

    private final StringBuilder written = new StringBuilder();
    private final long began = System.nanoTime();
    private final boolean isMarkup;
    private long parts;
    private long built;
    private long tags;
    private @Nullable Origin loop;
    private @Nullable TemplateException exceeded;

    /** {@code isMarkup} says whether the text has tags. */
    TemplateLimits(boolean isMarkup) {
        this.isMarkup = isMarkup;
    }

    static TemplateLimits of(EvalContext context) {
        return (TemplateLimits) context.getAttribute(ATTRIBUTE);
    }

    static TemplateLimits of(ResolutionContext context) {
        return (TemplateLimits) context.getAttribute(ATTRIBUTE);
    }

    /** Refuses a template whose sections are nested so deeply that a thread cannot compose it. */
    static void checkDepth(List<TemplateNode> nodes) {
        checkDepth(nodes, 0);
    }

    private static void checkDepth(List<TemplateNode> nodes, int depth) {
        for (TemplateNode node : nodes) {
            if (node.isSection()) {
                if (depth == MAX_DEPTH) {
                    throw error("sections are nested more than %d deep".formatted(MAX_DEPTH), node.getOrigin());
                }
                node.asSection().getBlocks().forEach(block -> checkDepth(block.nodes, depth + 1));
            }
        }
    }

    /** A loop goes through its body once more, and the body has this many parts. */
    void iterate(int partsOfBody, Origin origin) {
        parts += partsOfBody;
        check(parts > MAX_PARTS, TOO_MANY_PARTS, origin);
        checkTime(origin);
    }

    /** {@code origin} is null if it is not known. */
    void checkTime(@Nullable Origin origin) {
        RenderStopped.ifInterrupted();
        check(System.nanoTime() - began > MAX_TIME.toNanos(), TOO_SLOW, origin);
    }

    /** Trap: an outer loop of Qute goes on when the body of an inner one has failed. So everything after the first failure fails alike. */
    private void check(boolean isExceeded, String reason, @Nullable Origin origin) {
        if (isExceeded && exceeded == null) {
            exceeded = error(reason, origin);
        }
        if (exceeded != null) {
            throw exceeded;
        }
    }

    /** A value was made (a chart, a message with its arguments). Qute keeps it until the page is written. */
    void build(int characters, @Nullable Origin origin) {
        built += characters;
        check(built > MAX_CHARACTERS, TOO_LONG, origin);
    }

    /** Writes a part of the page. Values have no tags, because they are escaped. */
    void write(String text) {
        if (written.length() + text.length() > MAX_CHARACTERS) {
            throw whileWriting(TOO_LONG);
        }
        tags += isMarkup ? text.chars().filter(c -> c == '<').count() : 0;
        if (tags > MAX_TAGS) {
            throw whileWriting("the page has more than %d tags".formatted(MAX_TAGS));
        }
        written.append(text);
    }

    /** Outside of loops, Qute does not say which part it writes. */
    private RuntimeException whileWriting(String reason) {
        return loop == null ? new ExceededSomewhere(reason) : error(reason, loop);
    }

    /** A loop begins or ends to write: its line is the one to name if the page becomes too long. */
    @Nullable Origin enter(@Nullable Origin origin) {
        Origin outer = loop;
        loop = origin;
        return outer;
    }

    /** The composed page. */
    String page() {
        return written.toString();
    }

    static TemplateException tooLong(@Nullable Origin origin) {
        return error(TOO_LONG, origin);
    }

    static TemplateException error(String reason, @Nullable Origin origin) {
        return TemplateException.builder().message("{reason}").argument("reason", reason).origin(origin).build();
    }

    /** A limit was exceeded, and the line is not known. */
    static final class ExceededSomewhere extends RuntimeException {
        private ExceededSomewhere(String reason) {
            super(reason);
        }
    }
}
