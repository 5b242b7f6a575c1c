package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class MailSenderTest {

    private static final int DIALOGUES = 20;

    @Inject
    MailSender sender;

    @Test
    void aSilentServerKeepsNoConnectionForLongerThanADialogueMayLast() {
        var handOvers = get(Multi.createFrom()
                .range(0, DIALOGUES)
                .onItem()
                .transformToUni(i -> sender.handOver(mail("hang-" + i)))
                .merge(DIALOGUES)
                .collect()
                .asList());

        assertThat(handOvers).hasSize(DIALOGUES).allSatisfy(handOver -> assertThat(handOver).isInstanceOf(HandOver.Unknown.class));
        assertThat(MoodyMailServer.connections()).as("open when the dialogues are given up").isEqualTo(DIALOGUES);
        await().atMost(Duration.ofSeconds(20)).until(() -> MoodyMailServer.connections() == 0);
        // The client may not have noticed yet that a connection is closed, and use it.
        await().atMost(Duration.ofSeconds(20)).until(() -> get(sender.handOver(mail("after"))) instanceof HandOver.Accepted);
    }

    private static OutgoingMail mail(String to) {
        var address = to + "@" + UUID.randomUUID() + ".test";
        return new OutgoingMail(address, null, null, "<" + UUID.randomUUID() + "@test>", "Subject", null, "Text", List.of());
    }
}
