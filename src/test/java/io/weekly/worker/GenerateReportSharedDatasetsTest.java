package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.weekly.report.DeliveryMode;
import io.weekly.run.RunStart;
import io.weekly.testing.GeneralLog;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A whole run, from its start to a thousand PDFs. The log of the database server says which queries it got. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class GenerateReportSharedDatasetsTest {

    private static final int RECIPIENTS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Pool own;

    @Test
    void aRunOfAThousandRecipientsReadsEachSharedDatasetOnce() {
        var tenant = world.tenant();
        world.recipients(tenant, RECIPIENTS, "many");

        try (var log = GeneralLog.of(own)) {
            var run = get(runs.byHand(world.order(tenant, "three", DeliveryMode.NONE)));
            await().atMost(PATIENCE).until(() -> generated(run) == RECIPIENTS);

            assertThat(log.executions("of three")).isEqualTo(3);
            assertThat(log.executions("first of three")).isEqualTo(1);
        }
    }

    private int generated(String run) {
        return world.count("SELECT COUNT(*) FROM report WHERE run_id = UNHEX(?) AND status = 'generated'", run);
    }
}
