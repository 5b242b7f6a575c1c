package io.weekly.webhook;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
sealed interface Answer {

    /** @return the HTTP status; null if there was no answer */
    @Nullable Integer status();

    /** What is stored about it: the start of the body, or why there was no answer. */
    String text();

    /** The status, or our reason if there is none: nothing that a receiver wrote. */
    default String cause() {
        return status() == null ? text() : Integer.toString(status());
    }

    /** A 2xx: the endpoint has the message. Its body is not read. */
    record Received(Integer status) implements Answer {
        @Override
        public String text() {
            return "";
        }
    }

    /**
     * Any other status, or no answer. The message is sent again.
     *
     * @param retryAfter for how long the endpoint wants no message, already bounded; empty if it does not say
     */
    record Failed(@Nullable Integer status, String text, Optional<Duration> retryAfter) implements Answer {

        /** For the admin of the endpoint. */
        String error() {
            return status == null ? text : text.isBlank() ? Integer.toString(status) : "%d: %s".formatted(status, text);
        }
    }

    /** A 410: the endpoint wants no messages any more. */
    record Gone(String text) implements Answer {
        @Override
        public Integer status() {
            return 410;
        }
    }
}
