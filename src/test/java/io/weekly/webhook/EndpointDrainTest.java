package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.WebhookWorld.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class EndpointDrainTest {

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject WebhookMessages messages;
    @Inject WebhookOrders orders;
    @Inject WebhookSender sender;
    @Inject EndpointDrain drain;
    @Inject MessageClaims claims;

    private final Receiver receiver = Receiver.with("200 OK");
    private TenantRow tenant;
    private Webhook webhook;

    @BeforeEach
    void anEndpoint() {
        tenant = world.tenant();
        webhook = hooks.endpoint(tenant, receiver.url(), WebhookEvent.REPORT_FAILED);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void eachMessageIsSentOnceWithAnIdOfItsOwn() {
        hooks.failures(tenant, 150);
        assertThat(hooks.isDue(webhook)).isTrue();

        hooks.send(tenant, webhook);

        assertThat(receiver.received()).hasSize(150).extracting(request -> request.header("webhook-id")).doesNotHaveDuplicates();
        assertThat(hooks.messages(webhook, MessageState.SENT)).isEqualTo(150);
        assertThat(hooks.isDue(webhook)).isFalse();
    }

    @Test
    void twoSendersAtOnceLoseNothingAndSendNothingTwice() {
        hooks.failures(tenant, 300);
        var due = new DueEndpoints.Due(tenant.id(), webhook.id());

        get(Uni.combine().all().unis(drain.drain(due, () -> false), drain.drain(due, () -> false)).discardItems());

        assertThat(receiver.received()).hasSize(300).extracting(request -> request.header("webhook-id")).doesNotHaveDuplicates();
    }

    /** A process that dies leaves its lease behind. */
    @Test
    void whatADeadProcessHasClaimedIsSentWhenItsLeaseIsOver() {
        hooks.failures(tenant, 3);
        var claim = get(claims.claim(tenant.id(), webhook.id(), 10, Duration.ofMinutes(3))).orElseThrow();
        assertThat(claim.messages()).hasSize(3);
        hooks.send(tenant, webhook);
        assertThat(receiver.received()).isEmpty();

        world.sql("UPDATE webhook_message SET due_at = NOW(6) WHERE webhook_id = UNHEX(?)", webhook.id());
        hooks.send(tenant, webhook);

        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void aFailureIsTriedAgainWithTheSameIdAndGivenUpAfterADay() {
        receiver.behave(Receiver.answering(_ -> "503 Busy"));
        hooks.failures(tenant, 1);

        for (var attempt = 1; attempt <= 8; attempt++) {
            hooks.dueNow(webhook);
            hooks.send(tenant, webhook);
            var message = only();
            assertThat(message.attempts()).isEqualTo(attempt);
            assertThat(message.status()).isEqualTo(503);
            assertThat(message.state()).isEqualTo(attempt < 8 ? MessageState.PENDING : MessageState.FAILED);
        }

        assertThat(only().endedAt()).isNotNull();
        assertThat(receiver.received()).hasSize(8).extracting(request -> request.header("webhook-id")).containsOnly("msg_" + only().id());
        assertThat(receiver.received()).extracting(Receiver.Received::text).containsOnly(receiver.received().getFirst().text());
    }

    @Test
    void anEndpointThatFailsIsShownOnceAndProbedWithOneMessage() {
        receiver.behave(Receiver.answering(_ -> "500 Broken"));
        hooks.failures(tenant, 40);

        hooks.send(tenant, webhook);
        var first = receiver.received().size();
        hooks.send(tenant, webhook);

        assertThat(first).as("a few, because some requests run at the same time").isBetween(5, 8);
        assertThat(receiver.received()).as("it is paused").hasSize(first);
        assertThat(hooks.isDue(webhook)).isFalse();
        assertThat(hooks.read(tenant, webhook)).satisfies(now -> {
            assertThat(now.state()).isEqualTo(EndpointState.FAILING);
            assertThat(now.lastError()).isEqualTo("500");
            assertThat(now.failingSince()).isNotNull();
        });

        hooks.dueNow(webhook);
        hooks.send(tenant, webhook);
        assertThat(receiver.received()).as("one probe").hasSize(first + 1);
        assertThat(world.events(webhook.id())).containsExactly("webhook.created", "webhook.failing");

        receiver.behave(Receiver.answering(_ -> "200 OK"));
        while (hooks.messages(webhook, MessageState.PENDING) > 0) {
            hooks.dueNow(webhook);
            hooks.send(tenant, webhook);
        }
        assertThat(hooks.messages(webhook, MessageState.SENT)).isEqualTo(40);
        assertThat(hooks.read(tenant, webhook).state()).isEqualTo(EndpointState.ACTIVE);
        assertThat(world.events(webhook.id())).containsExactly("webhook.created", "webhook.failing", "webhook.recovered");
    }

    @Test
    void anEndpointThatAsksForAPauseGetsIt() {
        receiver.behave(Receiver.answering(_ -> "429 Slow\r\nRetry-After: 600"));
        hooks.failures(tenant, 30);

        hooks.send(tenant, webhook);
        hooks.send(tenant, webhook);

        assertThat(receiver.received()).hasSizeLessThan(6);
        assertThat(world.count("SELECT COUNT(*) FROM webhook WHERE id = UNHEX(?) AND paused_until > NOW(6) + INTERVAL 9 MINUTE",
                webhook.id())).isEqualTo(1);
    }

    /** Both are due; the sender starts with each in the same pass. */
    @Test
    void aSlowEndpointDelaysNoOther() {
        var release = new CountDownLatch(1);
        try (var slow = Receiver.with((_, _) -> release.await())) {
            hooks.endpoint(tenant, slow.url(), WebhookEvent.REPORT_FAILED);
            hooks.failures(tenant, 20);

            get(sender.pass());

            await().atMost(Duration.ofSeconds(10)).until(() -> receiver.received().size() == 20);
            assertThat(slow.received()).hasSizeLessThanOrEqualTo(4);
            release.countDown();
        }
    }

    @Test
    void aMessageThatWasGivenUpIsSentAgainOnRequest() {
        hooks.failures(tenant, 1);
        hooks.send(tenant, webhook);

        var ordered = get(orders.retry(scope(tenant), webhook.id(), only().id(), "user:admin"));
        assertThat(ordered).isInstanceOf(WebhookOrders.Result.Ordered.class);
        assertThat(only().state()).isEqualTo(MessageState.PENDING);
        hooks.send(tenant, webhook);

        assertThat(receiver.received()).hasSize(2).extracting(request -> request.header("webhook-id")).containsOnly("msg_" + only().id());
        assertThat(get(orders.retry(scope(world.tenant()), webhook.id(), only().id(), "user:admin")))
                .isInstanceOf(WebhookOrders.Result.NotThere.class);
    }

    private WebhookMessage only() {
        var all = get(messages.list(scope(tenant), webhook.id(), null, null, 10));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
