package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The plain text of every mail, also of those to owners, whose reasons may quote data. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MailSenderTextTest {

    @Inject
    MailSender mailSender;

    @Test
    void aControlCharacterDoesNotReachTheReader() {
        var address = "ann@" + UUID.randomUUID() + ".test";
        var text = "A\u001b[31mB\u0000\u0007\u009b\u007f\tC\u202e\r\nD";

        var mail = new OutgoingMail(address, null, null, "<" + UUID.randomUUID() + "@test>", "Subject", null, text, List.of());
        assertThat(get(mailSender.handOver(mail))).isInstanceOf(HandOver.Accepted.class);

        assertThat(TestMail.to(address).getFirst().text().strip().replace("\r", ""))
                .isEqualTo("A\ufffd[31mB\ufffd\ufffd\ufffd\ufffd\tC\nD");
    }
}
