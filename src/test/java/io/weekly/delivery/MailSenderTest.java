package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class MailSenderTest {

    private static final int DIALOGUES = 20;

    /** When dialogues ran on the event loops of their callers, none to 36 of these were lost on a machine with two cores. */
    private static final int CONNECTIONS = 1_000;

    @Inject
    MailSender sender;

    @Inject
    Vertx vertx;

    @Test
    void aSilentServerKeepsNoConnectionForLongerThanADialogueMayLast() {
        await().atMost(Duration.ofSeconds(20)).until(() -> MoodyMailServer.connections() == 0);
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

    /** As many new connections as the pool can hold, at once. The server greets each at once. The callers are on several event loops. */
    @Test
    void noGreetingOfTheServerIsLost() {
        var contexts = Stream.generate(() -> ((VertxInternal) vertx).createEventLoopContext()).limit(8).toList();
        var handOvers = get(Multi.createFrom()
                .range(0, CONNECTIONS)
                .onItem()
                .transformToUni(i -> sender.handOver(mail("new-" + i))
                        .runSubscriptionOn(task -> contexts.get(i % contexts.size()).runOnContext(_ -> task.run())))
                .merge(CONNECTIONS)
                .collect()
                .asList());

        assertThat(handOvers).hasSize(CONNECTIONS).allSatisfy(handOver -> assertThat(handOver).isInstanceOf(HandOver.Accepted.class));
    }

    @Test
    void theReplyIsThatToTheMail() {
        var replies = get(Multi.createFrom()
                .range(0, 10 * DIALOGUES)
                .map(i -> mail("id-" + i))
                .onItem()
                .transformToUni(mail -> sender.handOver(mail).map(handOver -> List.of(mail.to(), handOver.reply())))
                .merge(DIALOGUES)
                .collect()
                .asList());

        assertThat(replies).hasSize(10 * DIALOGUES).allSatisfy(reply -> assertThat(reply.getLast())
                .isEqualTo("250 2.0.0 Ok: queued as " + reply.getFirst()));
    }

    @Test
    void theEndOfADialogueArrivesOnTheContextOfTheCaller() {
        var caller = ((VertxInternal) vertx).createEventLoopContext();

        var arrived = get(sender.handOver(mail("home"))
                .map(_ -> Vertx.currentContext())
                .runSubscriptionOn(task -> caller.runOnContext(_ -> task.run())));

        assertThat(arrived).isSameAs(caller);
    }

    private static OutgoingMail mail(String to) {
        var address = to + "@" + UUID.randomUUID() + ".test";
        return new OutgoingMail(address, null, null, "<" + UUID.randomUUID() + "@test>", "Subject", null, "Text", List.of());
    }
}
