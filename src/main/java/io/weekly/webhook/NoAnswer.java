package io.weekly.webhook;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why there was no answer, for the admin of the endpoint. */
final class NoAnswer {

    private NoAnswer() {}

    static String reason(Throwable failure, Duration timeout) {
        return switch (failure) {
            case TimeoutException _ -> "no answer within %d s".formatted(timeout.toSeconds());
            case ConnectException _ -> "no connection";
            case SSLException tls -> AnswerText.line("no TLS connection: %s".formatted(tls.getMessage()).getBytes(StandardCharsets.UTF_8));
            default -> "the connection was closed without an answer";
        };
    }
}
