package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import jakarta.mail.Header;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The headers as they are sent, and what a mail program reads from them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MailSenderHeadersTest {

    @Inject
    MailSender mailSender;

    @Test
    void subjectAndSenderArriveUnchangedOnShortLines() throws Exception {
        var texts = List.of(
                "👩‍👩‍👧 🚀 日本語 ไทย", "京".repeat(200), "Sales 💶 40", "Sales of week 40", "All figures of Acme ".repeat(9) + "!");
        for (var text : texts) {
            var mail = sent(text, text);

            assertThat(mail.getHeader("Subject")).hasSize(1);
            assertThat(mail.getSubject()).isEqualTo(text);
            assertThat(mail.getHeader("From")).hasSize(1);
            assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(text);
            assertThat(List.of("Subject", "From")).allSatisfy(name -> assertThat(lines(mail, name)).allMatch(line -> line.length() <= 76));
        }
    }

    @Test
    void aSenderWithoutAVisibleNameIsTheAddressAlone() throws Exception {
        for (var name : List.of("<>", "()\"\\", "\u200B", "\u202E\u2069", " ")) {
            assertThat(((InternetAddress) sent("Subject", name).getFrom()[0]).getPersonal()).isNull();
        }
    }

    @Test
    void aMailHasNoEmptyHeaderAndNoneForOthersWhoGetIt() throws Exception {
        var mail = sent("Subject", "Acme");

        assertThat(mail.getHeader("Cc")).isNull();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(Collections.list(mail.getAllHeaders()))
                .allSatisfy(header -> assertThat(header.getValue()).as(header.getName()).isNotBlank());
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void difficultLocalPartsArriveUnchanged() {
        for (var local : List.of("bea+news", "o'neil", "a".repeat(64), "!#$%&'*+-/=?^_`{|}~", "x.y.z")) {
            var address = local + "@" + UUID.randomUUID().toString().substring(0, 8) + ".xn--mller-kva.test";

            assertThat(get(mailSender.handOver(mail(address, "Subject", null)))).isInstanceOf(HandOver.Accepted.class);

            assertThat(TestMail.messagesTo(address)).as(address).hasSize(1);
        }
    }

    @Test
    void moreHeadersArriveAsGivenAndCannotAddOthers() throws Exception {
        var address = "ann@" + UUID.randomUUID() + ".test";
        var mail = mail(address, "Subject", null).with("X-Text", "a\r\nBcc: x@y.test").with("X-Long", "word ".repeat(40).strip())
                .with("List-Unsubscribe", "<https://acme.test/unsubscribe/" + "0".repeat(90) + ">");

        get(mailSender.handOver(mail));

        var received = TestMail.messagesTo(address).getFirst();
        assertThat(received.getHeader("Bcc")).isNull();
        assertThat(received.getHeader("X-Text")).containsExactly("a  Bcc: x@y.test");
        assertThat(received.getHeader("List-Unsubscribe")).containsExactly("<https://acme.test/unsubscribe/" + "0".repeat(90) + ">");
        assertThat(lines(received, "X-Long")).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 76);
    }

    private static List<String> lines(MimeMessage mail, String header) throws Exception {
        return Collections.list(mail.getMatchingHeaders(new String[] {header})).stream()
                .map((Header it) -> it.getName() + ": " + it.getValue())
                .flatMap(String::lines)
                .toList();
    }

    private MimeMessage sent(String subject, String sender) {
        var address = "ann@" + UUID.randomUUID() + ".test";
        assertThat(get(mailSender.handOver(mail(address, subject, sender)))).isInstanceOf(HandOver.Accepted.class);
        return TestMail.messagesTo(address).getFirst();
    }

    private static OutgoingMail mail(String address, String subject, String sender) {
        return new OutgoingMail(address, sender, null, "<" + UUID.randomUUID() + "@test>", subject, null, "Text", List.of());
    }
}
