package io.weekly.keys;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Something was made with a key that is not configured any more. It can be read again when the key is back. */
public final class MissingKeyException extends IllegalStateException {

    /** @param made what was made with the key, as the beginning of a sentence: {@code the link 4711 was signed} */
    public MissingKeyException(String keyId, String made) {
        super("%s with weekly.keys.%s, which is not configured".formatted(made, keyId));
    }

    /** The missing key that is the cause of a failure; empty if it has another cause. */
    public static Optional<MissingKeyException> causeOf(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(MissingKeyException.class::isInstance)
                .map(MissingKeyException.class::cast)
                .findFirst();
    }
}
