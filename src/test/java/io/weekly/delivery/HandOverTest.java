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
    void aReplyIsDefiniteAndIsAboutTheRecipientOnlyIfTheMailWasRefused(String step, int code, String outcome) {
        var handOver = HandOver.of(new SMTPException(step, code, List.of(code + " no such user"), code >= 500));

        assertThat(handOver.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(handOver.reply()).contains(String.valueOf(code));
    }

    @ParameterizedTest
    @CsvSource({
        "got error response 421,         421 4.7.0 too many connections,                          REFUSES",
        "got error response 554,         554 5.3.2 no service here,                               REFUSES",
        "EHLO failed,                    451 4.7.1 not now,                                       REFUSES",
        "AUTH PLAIN failed,              454 4.7.0 temporary authentication failure,              REFUSES",
        "AUTH PLAIN failed,              535 5.7.8 wrong password,                                REFUSES",
        "sender address not accepted,    451 4.7.1 not now,                                       REFUSES",
        "recipient address not accepted, 421 4.4.5 closing,                                       REFUSES",
        "recipient address not accepted, 452 4.3.1 insufficient system storage,                   REFUSES",
        "sending data failed,            454 Throttling failure: Maximum sending rate exceeded.,  REFUSES",
        "sending data failed,            451 4.3.0 queue file write error,                        REFUSES",
        "sending data failed,            451 4.4.5 mail system congestion,                        REFUSES",
        "recipient address not accepted, 450 4.2.0 greylisted,                                    NONE",
        "recipient address not accepted, 451 4.7.1 greylisted; see 4.3.1 in the manual,           NONE",
        "recipient address not accepted, 452 4.2.2 mailbox full,                                  NONE",
        "DATA command not accepted,      452 too much mail data,                                  NONE",
        "sending data failed,            450 4.7.1 looks odd,                                     NONE",
        "recipient address not accepted, 550 5.1.1 no such mailbox,                               TAKES",
        "recipient address not accepted, 421 4.7.28 unusual rate,                                 NONE",
        "sender address not accepted,    550 5.7.1 sender not allowed,                            REFUSES",
        "sender address not accepted,    552 5.3.4 too large,                                     TAKES",
        "sending data failed,            554 5.7.1 spam,                                          TAKES"
    })
    void aReplyAboutOneRecipientSaysNothingAboutTheServer(String step, String reply, HandOver.Sign sign) {
        var code = Integer.parseInt(reply.substring(0, 3));

        assertThat(HandOver.of(new SMTPException(step, code, List.of(reply), code >= 500)).sign()).isEqualTo(sign);
    }

    @Test
    void aServerWithoutAReplyRefusesServiceButAMailTheClientRefusedSaysNothing() {
        assertThat(HandOver.of(new ConnectException("refused")).sign()).isEqualTo(HandOver.Sign.REFUSES);
        assertThat(HandOver.of(new SSLHandshakeException("no trust")).sign()).isEqualTo(HandOver.Sign.REFUSES);
        assertThat(HandOver.of(new TimeoutException()).sign()).isEqualTo(HandOver.Sign.REFUSES);
        assertThat(HandOver.of(new SocketException("Connection reset")).sign()).isEqualTo(HandOver.Sign.REFUSES);
        assertThat(HandOver.of(new IllegalArgumentException("invalid email address")).sign()).isEqualTo(HandOver.Sign.NONE);
        assertThat(new HandOver.Accepted("250 taken").sign()).isEqualTo(HandOver.Sign.TAKES);
    }

    @Test
    void aFailureBeforeTheMailIsADeferral() {
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
    void aFailureOfTlsSaysItsCause() {
        var failure = new SSLHandshakeException("Failed to create SSL connection");
        failure.initCause(new IOException("certificate is not trusted", new IOException("unable to find a path to a root")));

        assertThat(HandOver.of(failure).reply())
                .isEqualTo("the mail server took no mail: Failed to create SSL connection: unable to find a path to a root");
    }

    @Test
    void aMailThatIsTooLargeForTheServerIsKnownToBe() {
        var handOver = HandOver.of(new NoStackTraceThrowable("message exceeds allowed size limit"));

        assertThat(handOver).isInstanceOf(HandOver.TooLarge.class);
        assertThat(handOver.sign()).isEqualTo(HandOver.Sign.TAKES);
    }

    @Test
    void aDialogueWithoutAReplyIsUnknown() {
        assertThat(List.of(
                        new TimeoutException(),
                        new SocketException("Connection reset"),
                        new IOException("broken pipe"),
                        new NoStackTraceThrowable("connection has been closed by the server")))
                .allSatisfy(failure -> assertThat(HandOver.of(failure)).isInstanceOf(HandOver.Unknown.class));
    }
}
