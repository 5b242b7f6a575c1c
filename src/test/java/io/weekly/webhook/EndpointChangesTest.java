package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.WebhookWorld.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that end, or that an admin changes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class EndpointChangesTest {

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject Webhooks webhooks;
    @Inject WebhookMessages messages;

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
}
