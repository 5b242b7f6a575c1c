package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.HeldRows;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SlowEndingsTest {

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject Database database;
    @Inject EndpointDrain drain;

    /** The first message fails, so its ending waits for the row of the endpoint, longer than others take to end. */
    @Test
    void messagesThatEndWhileOthersAreWrittenAreNotLost() {
        var failed = new AtomicBoolean();
        Receiver.Behaviour slow = (request, connection) -> {
            Thread.sleep(Duration.ofMillis(100));
            Receiver.answering(_ -> failed.compareAndSet(false, true) ? "500 Once" : "200 OK").answer(request, connection);
        };
        try (var receiver = Receiver.with(slow)) {
            var tenant = world.tenant();
            var webhook = hooks.endpoint(tenant, receiver.url(), WebhookEvent.REPORT_FAILED);
            hooks.failures(tenant, EndpointDrain.BATCH);
            var held = HeldRows.of(database, "SELECT id FROM webhook WHERE id = UNHEX(?) FOR UPDATE", webhook.id());

            var drained = drain.drain(new DueEndpoints.Due(tenant.id(), webhook.id()), () -> false).subscribeAsCompletionStage();
            await().atMost(Duration.ofSeconds(30)).until(() -> receiver.received().size() == EndpointDrain.BATCH);
            held.close();
            drained.orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(hooks.messages(webhook, MessageState.SENT)).isEqualTo(EndpointDrain.BATCH - 1);
            assertThat(hooks.messages(webhook, MessageState.PENDING)).isEqualTo(1);
        }
    }
}
