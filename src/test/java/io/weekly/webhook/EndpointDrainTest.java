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
import java.util.List;
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
    @Inject Webhooks webhooks;
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
    void anEndpointThatIsGoneIsDisabledAndItsMessagesWaitForAnAdmin() {
        receiver.behave(Receiver.answering(_ -> "410 Gone"));
        hooks.failures(tenant, 30);

        hooks.send(tenant, webhook);

        assertThat(hooks.read(tenant, webhook).state()).isEqualTo(EndpointState.DISABLED);
        assertThat(hooks.read(tenant, webhook).enabled()).isFalse();
        assertThat(receiver.received()).hasSizeLessThan(6);
        assertThat(world.events(webhook.id())).containsExactly("webhook.created", "webhook.disabled");

        receiver.behave(Receiver.answering(_ -> "200 OK"));
        var again = new WebhookChange(receiver.url(), List.of(WebhookEvent.REPORT_FAILED), true);
        get(webhooks.update(scope(tenant), webhook.id(), again, "user:admin"));
        hooks.send(tenant, webhook);
        assertThat(hooks.messages(webhook, MessageState.PENDING)).isZero();
        assertThat(hooks.read(tenant, webhook).state()).isEqualTo(EndpointState.ACTIVE);
    }

    /** An admin stores another address while the old one is still being asked. */
    @Test
    void a410OfTheOldAddressDoesNotDisableTheNewOneAndTheMessageGoesThere() {
        receiver.behave((request, connection) -> {
            if (request.line().contains("/new")) {
                Receiver.write(connection, "HTTP/1.1 204 No Content\r\n\r\n");
                return;
            }
            var url = receiver.url() + "/new";
            get(webhooks.update(scope(tenant), webhook.id(), new WebhookChange(url, List.of(WebhookEvent.REPORT_FAILED), true), "user:a"));
            Receiver.answering(_ -> "410 Gone").answer(request, connection);
        });
        hooks.failures(tenant, 1);

        hooks.send(tenant, webhook);
        hooks.send(tenant, webhook);

        assertThat(hooks.read(tenant, webhook).state()).isEqualTo(EndpointState.ACTIVE);
        assertThat(hooks.messages(webhook, MessageState.SENT)).isOne();
        assertThat(receiver.received()).hasSize(2);
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

    @Test
    void duringARotationBothSecretsSignAndAfterwardsOnlyTheNewOne() {
        var next = WebhookSecret.of("whsec_" + "B".repeat(44));
        get(webhooks.rotate(scope(tenant), webhook.id(), next, "user:admin"));
        hooks.failures(tenant, 1);

        hooks.send(tenant, webhook);
        world.sql("UPDATE webhook SET previous_until = NOW(6) WHERE id = UNHEX(?)", webhook.id());
        hooks.failures(tenant, 1);
        hooks.send(tenant, webhook);

        assertThat(signatures(receiver.received().getFirst())).containsExactly(
                expected(next, receiver.received().getFirst()), expected(WebhookWorld.SECRET, receiver.received().getFirst()));
        assertThat(signatures(receiver.received().getLast())).containsExactly(expected(next, receiver.received().getLast()));
    }

    private static List<String> signatures(Receiver.Received request) {
        return List.of(request.header("webhook-signature").split(" "));
    }

    private static String expected(WebhookSecret secret, Receiver.Received request) {
        return Signature.header(
                List.of(secret), request.header("webhook-id"), Long.parseLong(request.header("webhook-timestamp")), request.body());
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
