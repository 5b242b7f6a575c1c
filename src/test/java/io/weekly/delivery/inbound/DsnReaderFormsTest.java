package io.weekly.delivery.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.testing.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that no standard has, or that few programs write. */
class DsnReaderFormsTest {

    private static final SampleMessages SAMPLES =
            SampleMessages.about("0193a1b2c3d47e5f8a9b0c1d2e3f4a5b", 2, "bea@customer.test");

    private static InboundEvent only(byte[] message) {
        return DsnReader.read(message).orElseThrow().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "rfc822; bea@customer.test (Bea Mueller)", "(comment) rfc822; bea@customer.test", "rfc822 (a (nested) one); bea@customer.test",
        "smtp; bea@customer.test", "internet; bea@customer.test", "unknown; bea@customer.test", "RFC-822; bea@customer.test",
        "rfc822; \"bea\"@customer.test", "rfc822; 'bea@customer.test'", "rfc822; bea@customer.test.", "rfc822;mailto:bea@customer.test",
        "rfc822; @relay.test:bea@customer.test", "rfc822; <@a.test,@b.test:bea@customer.test>", "rfc822; Bea <bea@customer.test>",
        "LOCAL; bea", "X-Local;bea", "bea@customer.test"
    })
    void eachFormOfARecipientIsRead(String written) {
        var message = new String(SAMPLES.postfix("failed", "5.1.1", "550 5.1.1 no such user"), StandardCharsets.UTF_8)
                .replace("Final-Recipient: rfc822; bea@customer.test", "Final-Recipient: " + written);

        assertThat(only(message.getBytes(StandardCharsets.UTF_8)).recipients()).containsExactly("bea@customer.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X400; /c=us/s=bea/", "rfc822; bea", "x400; c=us;s=bea@x", "x400; /c=us/admd=x/rfc822=bea@acme.test/"})
    void anotherKindOfRecipientIsNotTheOriginalOne(String written) {
        var message = new String(SAMPLES.postfix("failed", "5.1.1", "550 5.1.1 no such user"), StandardCharsets.UTF_8)
                .replace("Final-Recipient: rfc822; bea@customer.test", "Final-Recipient: " + written);

        assertThat(only(message.getBytes(StandardCharsets.UTF_8)).recipients()).doesNotContain("bea@customer.test").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(c) failed", "Failure", "failed; x", "FAILED (permanent)"})
    void eachFormOfAFailureIsABounce(String action) {
        assertThat(only(SAMPLES.postfix(action, "5.1.1", "550 5.1.1 no such user")).type()).isEqualTo(Type.BOUNCE);
    }

    /** Gmail returns no header if the mail was large. */
    @Test
    void theNotificationOfGmailStatesTheMessageId() {
        var message = new String(SAMPLES.named("gmail"), StandardCharsets.UTF_8)
                .replaceFirst("\nReferences: .*\nIn-Reply-To: .*\n", "\n")
                .replace("\nMessage-ID: " + SAMPLES.messageId() + "\nX-Weekly-Report: " + SAMPLES.reference(), "");

        var event = only(message.getBytes(StandardCharsets.UTF_8));

        assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
        assertThat(event.mail().references()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--- Enclosed are the original headers of the message.", "--- Enclosed is a copy of the message.",
        "Enclosed are the original headers of the message.", "Below this line is a copy of the message."
    })
    void qmailReturnsTheMailBehindALineOfItsOwn(String line) {
        var message = new String(SAMPLES.named("qmail"), StandardCharsets.UTF_8)
                .replace("--- Below this line is a copy of the message.", line);

        assertThat(only(message.getBytes(StandardCharsets.UTF_8)).mail().messageIds()).containsExactly(SAMPLES.messageId());
    }

    /** Programs that check for spam write very long fields. */
    @Test
    void longOrManyFieldsHideNothing() {
        var text = new String(SAMPLES.postfix("failed", "5.1.1", "550 5.1.1 no such user"), StandardCharsets.UTF_8);
        var fields = List.of("X-Spam: " + "y".repeat(200_000) + "\n", "X-Spam: y\n".repeat(1500));

        for (var field : fields) {
            var event = only((field + text).getBytes(StandardCharsets.UTF_8));

            assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
            assertThat(event.recipients()).containsExactly("bea@customer.test");
        }
    }

    @Test
    void whatStandsBeforeAFaultCounts() {
        var message = """
                Content-Type: multipart/report; report-type=delivery-status; boundary=a

                --a
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.test
                X-Original-Message-ID: %s

                Final-Recipient: rfc822; bea@customer.test
                Action: failed
                Status: 5.1.1

                --a
                """.formatted(SAMPLES.messageId());
        for (var depth = 0; depth < 12; depth++) {
            message += "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(depth, depth);
        }

        var event = only(message.getBytes(StandardCharsets.UTF_8));

        assertThat(event.type()).isEqualTo(Type.BOUNCE);
        assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
    }
}
