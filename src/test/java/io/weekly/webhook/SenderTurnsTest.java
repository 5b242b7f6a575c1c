package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SenderTurnsTest {

    private static final int MANY = 600;

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject DueEndpoints due;
    @Inject MessageClaims claims;
    @Inject WebhookClient client;
    @Inject AttemptEndings endings;
    @Inject WebhookLog log;

    /** Each has more to be sent than one turn can do, so neither would wait for the end of the other. */
    @Test
    void busyEndpointsShareTheOnlySlot() {
        Receiver.Behaviour slow = (request, connection) -> {
            // The receiver is slow. The test itself does not wait for a time.
            Thread.sleep(Duration.ofMillis(100));
            Receiver.answering(_ -> "200 OK").answer(request, connection);
        };
        try (var one = Receiver.with(slow); var other = Receiver.with(slow)) {
            var tenant = world.tenant();
            var first = hooks.endpoint(tenant, one.url(), WebhookEvent.REPORT_FAILED);
            var second = hooks.endpoint(tenant, other.url(), WebhookEvent.REPORT_FAILED);
            hooks.failures(tenant, MANY);
            var drain = new EndpointDrain(claims, client, endings, Duration.ofMillis(200));
            var sender = new WebhookSender(due, drain, new SendSlots(1), log);

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                get(sender.pass());
                return !one.received().isEmpty() && !other.received().isEmpty();
            });

            assertThat(hooks.messages(first, MessageState.PENDING)).isPositive();
            assertThat(hooks.messages(second, MessageState.PENDING)).isPositive();
        }
    }

    /** Its endpoints are deleted with it. This is for one that an older process makes at the same moment. */
    @Test
    void anEndedTenantGetsNothing() {
        try (var receiver = Receiver.with("200 OK")) {
            var tenant = world.tenant();
            var webhook = hooks.endpoint(tenant, receiver.url(), WebhookEvent.REPORT_FAILED);
            hooks.failures(tenant, 1);
            assertThat(hooks.isDue(webhook)).isTrue();

            world.sql("UPDATE tenant SET ended_at = NOW(6) WHERE id = ?", tenant.id());

            assertThat(hooks.isDue(webhook)).isFalse();
        }
    }
}
