package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mails that wait for the send rate. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class SendTimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    RunStart runs;

    @Test
    void aMailWithoutASendTimeCostsNoAttempt() {
        var tenant = world.tenant();
        world.figures(tenant);
        world.recipients(tenant, 1, "ann");
        rateIsFreeIn(4);
        var run = get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT)));
        await().atMost(PATIENCE).until(() -> world.count("""
            SELECT COUNT(*) FROM job j JOIN report r ON r.id = j.report_id
            WHERE r.run_id = UNHEX(?) AND j.lane = 'deliver' AND j.state = 'leased'""", run) == 1);
        // While this transaction holds the job, the mail misses its send time. The next free one is too far away.
        var end = new CompletableFuture<Void>();
        var locked = new CompletableFuture<Void>();
        var transaction = database.transaction(client -> client
                        .preparedQuery("SELECT j.id FROM job j JOIN report r ON r.id = j.report_id WHERE r.run_id = UNHEX(?) FOR UPDATE")
                        .execute(Tuple.of(run))
                        .invoke(() -> locked.complete(null))
                        .flatMap(_ -> Uni.createFrom().completionStage(end)))
                .subscribeAsCompletionStage();
        locked.join();
        await().atMost(PATIENCE).until(() -> world.count("SELECT COUNT(*) FROM send_rate WHERE next_at < NOW(6)") == 1);
        rateIsFreeIn(12);
        end.complete(null);
        transaction.join();

        var report = await().atMost(PATIENCE)
                .until(() -> world.reports(run).getFirst(), found -> world.events(found.id()).contains("report.put-off"));
        assertThat(report.status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(report.delivery().attempts()).isZero();
        assertThat(world.events(report.id())).doesNotContain("report.deferred");

        var delivered = world.ended(report.id());
        assertThat(delivered.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(delivered.attempt()).isEqualTo(1);
        assertThat(delivered.delivery().attempts()).isEqualTo(1);
        assertThat(delivered.delivery().unknownBefore()).isFalse();
    }

    private void rateIsFreeIn(int seconds) {
        world.sql("UPDATE send_rate SET next_at = NOW(6) + INTERVAL ? SECOND WHERE id = 1", seconds);
    }
}
