package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOverTest {

    @ParameterizedTest
    @CsvSource({
        "recipient address not accepted,         550, Rejected",
        "recipient address not accepted,         451, Deferred",
        "sending data failed,                    554, Rejected",
        "sending data failed,                    452, Deferred",
        "DATA command not accepted,              554, Rejected",
        "sender address not accepted,            550, Deferred",
        "AUTH PLAIN failed,                      535, Deferred",
        "got error response 554,                 554, Deferred",
        "got error response 421,                 421, Deferred"
    })
    void aReplyIsDefiniteAndConcernsTheRecipientOnlyWhereTheMailWasRefused(String step, int code, String outcome) {
        var handOver = HandOver.of(new SMTPException(step, code, List.of(code + " no"), code >= 500));

        assertThat(handOver.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(handOver.reply()).contains(String.valueOf(code));
    }

    @Test
    void whatFailsBeforeTheMailIsDeferred() {
        assertThat(List.of(
                        new ConnectException("refused"),
                        new NoRouteToHostException("no route"),
                        new SSLHandshakeException("no trust"),
                        new IOException(new ConnectException("refused")),
                        new IllegalArgumentException("invalid email address"),
                        new NoStackTraceThrowable("STARTTLS required but not supported by server")))
                .allSatisfy(failure -> assertThat(HandOver.of(failure)).isInstanceOf(HandOver.Deferred.class));
    }

    @Test
    void whatEndsWithoutAReplyIsUnknown() {
        assertThat(List.of(
                        new TimeoutException(),
                        new SocketException("Connection reset"),
                        new IOException("broken pipe"),
                        new NoStackTraceThrowable("connection has been closed by the server")))
                .allSatisfy(failure -> assertThat(HandOver.of(failure)).isInstanceOf(HandOver.Unknown.class));
    }
}
