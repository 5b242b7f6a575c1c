package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.weekly.queue.Lane;
import io.weekly.queue.Lanes;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.CrowdedMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deliver lane of eight slots and a mail server that takes fewer mails at a time, or none. One spent attempt would fail a report. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(DeliverSlotsTest.Profile.class)
class DeliverSlotsTest {

    private static final int MAX_SLOTS = 8;
    private static final int MAILS = 120;

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Lanes lanes;

    @Inject
    MeterRegistry meters;

    /** Seen by the mail server: how many dialogues it has at the same time, how many mails it took and how many connections it refused. */
    IntConsumer serverTakes;

    Map<String, AtomicInteger> server;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        server.values().forEach(count -> count.set(0));
    }

    @AfterEach
    void aServerForEverybody() {
        get(lanes.pause(Lane.DELIVER, false, "test"));
        serverTakes.accept(Integer.MAX_VALUE);
    }

    @Test
    void aServerThatTakesFewMailsAtATimeGetsAllMailsAndSeldomRefuses() {
        serverTakes.accept(4);
        world.recipients(tenant, MAILS, "ann");

        get(lanes.pause(Lane.DELIVER, true, "test"));
        var runId = run();
        await().atMost(Duration.ofSeconds(40)).until(() -> generated() == MAILS);
        get(lanes.pause(Lane.DELIVER, false, "test"));
        var reports = world.ended(runId, MAILS);

        assertThat(reports).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        assertThat(reports).extracting(Report::attempt).containsOnly(1);
        assertThat(server.get("taken")).hasValue(MAILS);
        assertThat(server.get("refused")).hasPositiveValue().hasValueLessThan(MAILS / 4);
    }

    @Test
    void aServerThatIsAwayCostsOnlyProbesAndGetsAllMailsLater() {
        serverTakes.accept(0);
        world.recipients(tenant, 60, "bob");

        get(lanes.pause(Lane.DELIVER, true, "test"));
        var runId = run();
        await().atMost(Duration.ofSeconds(40)).until(() -> generated() == 60);
        get(lanes.pause(Lane.DELIVER, false, "test"));
        await().atMost(Duration.ofSeconds(40)).until(() -> slots() == 0);
        var before = dialogues();
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10)).until(() -> leasedToDeliver() <= 1);

        assertThat(before).as("halved again and again, with what was under way").isLessThanOrEqualTo(30);
        assertThat(dialogues() - before).as("probes").isBetween(1, 10);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ? AND status = 'failed'", tenant.id())).isZero();

        serverTakes.accept(Integer.MAX_VALUE);

        var reports = world.ended(runId, 60);
        assertThat(reports).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        assertThat(reports).extracting(Report::attempt).containsOnly(1);
        assertThat(server.get("taken")).hasValue(60);
        assertThat(slots()).isEqualTo(MAX_SLOTS);
    }

    private String run() {
        return get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT)));
    }

    private int slots() {
        return (int) meters.get("weekly.deliver.places").gauge().value();
    }

    /** Each is one attempt to connect. */
    private int dialogues() {
        return world.count("SELECT COALESCE(SUM(attempts), 0) FROM delivery WHERE tenant_id = ?", tenant.id());
    }

    private int generated() {
        return world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ? AND status = 'generated'", tenant.id());
    }

    private int leasedToDeliver() {
        return world.count("SELECT COUNT(*) FROM job WHERE lane = 'deliver' AND state = 'leased'");
    }

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weekly.worker.max-deliveries", String.valueOf(MAX_SLOTS),
                    "weekly.worker.max-backoff", "2s",
                    "weekly.queue.initial-backoff", "50ms",
                    "weekly.queue.max-backoff", "200ms",
                    "weekly.queue.max-attempts", "1",
                    "weekly.delivery.rate-per-second", "500",
                    "weekly.definitions.dir", java.nio.file.Path.of("src/test/resources/definitions").toAbsolutePath().toString());
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(CrowdedMailServer.class));
        }
    }
}
