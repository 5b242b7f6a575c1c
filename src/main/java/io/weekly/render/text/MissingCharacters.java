package io.weekly.render.text;

import io.weekly.text.Warning;
import java.util.Optional;

/**
 * Characters of a text that the font does not have.
 *
 * @param count how many there are, repetitions included
 * @param examples the first different ones, with spaces between them; empty if they cannot be written in a message
 */
public record MissingCharacters(int count, String examples) {
    private static final String CODE = "missing-characters";

    /** The characters of a text that the font does not have. */
    public static MissingCharacters of(String text) {
        var visible = new VisibleText();
        visible.of(text);
        return visible.missing();
    }

    /** A warning, if there are such characters. {@code of} says where: "the name". */
    public Optional<Warning> warning(String of) {
        var such = examples.isEmpty() ? "" : ", such as " + examples;
        return count == 0
                ? Optional.empty()
                : Optional.of(new Warning(CODE,
                        "Characters of %s that the font of the PDF does not have: %d%s. The PDF shows \uFFFD instead."
                                .formatted(of, count, such)));
    }
}
