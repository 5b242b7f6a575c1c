package io.weekly.delivery.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.testing.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages have the form of the programs' own, with our words. */
class DsnReaderTest {

    private static final String REPORT = "0193a1b2c3d47e5f8a9b0c1d2e3f4a5b";
    private static final SampleMessages SAMPLES = SampleMessages.about(REPORT, 2, "bea@customer.test");

    @ParameterizedTest
    @ValueSource(strings = {"exim", "exim-text", "qmail", "exchange", "gmail"})
    void aNotificationOfEachProgramNamesTheMailTheRecipientAndTheReason(String program) {
        for (var message : bothLineEnds(SAMPLES.named(program))) {
            var event = only(message);

            assertThat(event.type()).isEqualTo(Type.BOUNCE);
            assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
            assertThat(event.mail().references()).containsExactly(new DeliveryReference(REPORT, 2));
            assertThat(event.recipients()).contains("bea@customer.test");
            assertThat(event.meaning()).isEqualTo(ReplyClass.ADDRESS);
        }
    }

    /** A pipe gives lines with LF, and other programs with CRLF. */
    private static List<byte[]> bothLineEnds(byte[] message) {
        var text = new String(message, StandardCharsets.UTF_8);
        return List.of(message, text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static InboundEvent only(byte[] message) {
        return DsnReader.read(message).orElseThrow().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "failed,    5.1.1,  550 5.1.1 no such user,                      BOUNCE,    ADDRESS",
        "failed,    5.2.2,  552 5.2.2 mailbox full,                      BOUNCE,    MAILBOX_FULL",
        "failed,    5.7.26, 550 5.7.26 not authenticated,                BOUNCE,    SENDER",
        "failed,    5.3.4,  552 5.3.4 message too big,                   BOUNCE,    TOO_LARGE",
        "failed,    4.4.7,  451 4.4.7 delivery time expired,             BOUNCE,    TEMPORARY",
        "Failed (permanent), 5.1.1, 550 5.1.1 no such user,              BOUNCE,    ADDRESS",
        "delayed,   4.4.1,  connection timed out,                        DEFERRED,  ",
        "delivered, 2.0.0,  250 2.0.0 Ok: queued as 7AB,                 DELIVERED, ",
        "relayed,   2.0.0,  250 2.0.0 Ok: queued as 7AB,                 PASSED_ON, ",
        "expanded,  2.0.0,  250 2.0.0 Ok,                                PASSED_ON, "
    })
    void theActionSaysWhatHappenedAndTheReplyWhatItMeans(String action, String status, String reply, Type type, ReplyClass meaning) {
        var event = only(SAMPLES.postfix(action, status, reply));

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.mail().serverIds()).containsExactly("4Qx1Zt2bN9z1");
        assertThat(event.reply().text()).endsWith(reply);
        if (meaning != null) {
            assertThat(event.meaning()).isEqualTo(meaning);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vacation", "answer"})
    void whatReadersWriteIsNoBounce(String name) {
        assertThat(DsnReader.read(SAMPLES.named(name))).contains(List.of());
    }

    @Test
    void aComplaintNamesItsMail() {
        var event = only(SAMPLES.named("complaint"));

        assertThat(event.type()).isEqualTo(Type.COMPLAINT);
        assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
        assertThat(event.recipients()).containsExactly("bea@customer.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-spam", "auth-failure"})
    void feedbackThatIsNoComplaintOfAReaderHasNoEvent(String kind) {
        var message = new String(SAMPLES.named("complaint"), StandardCharsets.UTF_8)
                .replace("Feedback-Type: abuse", "Feedback-Type: " + kind);

        assertThat(DsnReader.read(message.getBytes(StandardCharsets.UTF_8))).contains(List.of());
    }

    /** A pipe may send the beginning of a large message only. */
    @Test
    void aMessageThatIsCutOffWithinTheReturnedMailIsRead() {
        var message = SAMPLES.named("gmail");

        var event = only(Arrays.copyOf(message, message.length - 60));

        assertThat(event.mail().messageIds()).containsExactly(SAMPLES.messageId());
        assertThat(event.meaning()).isEqualTo(ReplyClass.ADDRESS);
    }

    @Test
    void theSameMessageHasTheSameIds() {
        assertThat(only(SAMPLES.named("exim")).id()).isEqualTo(only(SAMPLES.named("exim")).id())
                .isNotEqualTo(only(SAMPLES.named("gmail")).id());
    }

    @Test
    void anInternationalAddressIsReadInBothForms() {
        var message = new String(SAMPLES.postfix("failed", "5.1.1", "550 5.1.1 no such user"), StandardCharsets.UTF_8)
                .replace("Final-Recipient: rfc822; bea@customer.test", "Final-Recipient: utf-8; bea@m\\x{FC}ller.example")
                .replace("Original-Recipient: rfc822;bea@customer.test", "Original-Recipient: utf-8; bea@müller.example");

        assertThat(only(message.getBytes(StandardCharsets.UTF_8)).recipients()).containsExactly("bea@müller.example");
    }

    @Property(tries = 300)
    void noBytesMakeItFail(@ForAll byte[] message) {
        assertThat(DsnReader.read(message)).isNotNull();
    }

    /** Changes, cuts and repeats parts of real messages. */
    @Property(tries = 600)
    void noDamagedMessageMakesItFail(@ForAll Random random) {
        var names = List.of("postfix", "exim", "exim-text", "qmail", "exchange", "gmail", "complaint");
        var message = SAMPLES.named(names.get(random.nextInt(names.size())));
        for (var i = 0; i < 1 + random.nextInt(20); i++) {
            message = damaged(message, random);
        }

        var read = DsnReader.read(message);

        read.ifPresent(events -> assertThat(events).hasSizeLessThanOrEqualTo(50)
                .allSatisfy(event -> assertThat(event.reply().text().length()).isLessThanOrEqualTo(4100)));
    }

    private static byte[] damaged(byte[] message, Random random) {
        if (message.length < 2) {
            return message;
        }
        var at = random.nextInt(message.length);
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var changed = switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
            case 1 -> text.substring(0, at);
            case 2 -> text.substring(at) + text.substring(0, at);
            default -> text.substring(0, at) + text.substring(at / 2, at) + text.substring(at);
        };
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--a\nContent-Type: multipart/mixed; boundary=a\n\n", "Final-Recipient: rfc822; x@y.test\nAction: failed\n\n", "(", "<a@b>",
        "a: b\n", " \n", "-", "\n\n", "\\x{FC}", "550 5.1.1 ", "\u00e4"
    })
    @Timeout(5)
    void aLargeMessageTakesLinearTime(String piece) {
        var head = "Content-Type: multipart/report; report-type=delivery-status; boundary=a\nX-Failed-Recipients: x\n\n--a\n"
                + "Content-Type: message/delivery-status\n\n";
        var plain = "X-Failed-Recipients: x\n\n";

        for (var start : List.of(head, plain, "")) {
            var large = start + piece.repeat(1024 * 1024 / piece.length());
            assertThat(DsnReader.read(large.getBytes(StandardCharsets.UTF_8))).isNotNull();
        }
    }
}
