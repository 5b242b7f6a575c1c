package io.weekly.api.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of a file in {@code src/test/resources/isolation}, without comments and empty lines. */
final class Lines {

    private Lines() {}

    static List<String> of(String file) {
        try (var text = Objects.requireNonNull(Lines.class.getResourceAsStream("/isolation/" + file), file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
