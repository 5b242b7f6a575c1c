package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.report.ReportStatus;
import io.weekly.store.encryption.FileVault;
import io.weekly.testing.BreakableDatabase;
import io.weekly.testing.HandDriven;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generate stage while the source, or the database of the service, answers but does not work. */
@QuarkusTest
@QuarkusTestResource(value = TestServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = BreakableDatabase.class, restrictToAnnotatedClass = true)
@TestProfile(GenerateReportAwayTest.Profile.class)
class GenerateReportAwayTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A profile of its own, so that the application starts with this database. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return new HandDriven().getConfigOverrides();
        }
    }

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    GenerateReport stage;

    @Inject
    BatchCompleter completer;

    @Inject
    FileVault vault;

    private TenantRow tenant;
    private String report;

    @BeforeEach
    void aReportAndItsJob() {
        world.sql("DELETE FROM job");
        tenant = world.tenant();
        world.figures(tenant);
        report = world.reportWithoutJob(tenant);
        get(database.transaction(transaction -> queue.enqueue(
                transaction, Lane.GENERATE, Priority.ON_DEMAND, tenant.id(), List.of(report))));
    }

    @AfterEach
    void repair() {
        BreakableDatabase.execute("SET GLOBAL read_only = OFF");
        for (var user : List.of(BreakableDatabase.SERVICE, BreakableDatabase.READER)) {
            BreakableDatabase.execute("ALTER USER " + user + " IDENTIFIED BY 's3cret-of-a-user' WITH MAX_USER_CONNECTIONS 0");
            BreakableDatabase.unlock(user);
        }
        BreakableDatabase.execute("GRANT SELECT ON breakable.* TO " + BreakableDatabase.READER);
    }

    private static final Map<String, String> FAULTS_AND_REPAIRS = Map.of(
            "ALTER USER weekly_reader ACCOUNT LOCK", "ALTER USER weekly_reader ACCOUNT UNLOCK",
            "ALTER USER weekly_reader IDENTIFIED BY 'other'", "ALTER USER weekly_reader IDENTIFIED BY 's3cret-of-a-user'",
            "REVOKE SELECT ON breakable.* FROM weekly_reader", "GRANT SELECT ON breakable.* TO weekly_reader");

    /** The faults follow each other within ten seconds, so they are one outage. */
    @Test
    void aSourceThatRefusesConnectionsCostsNoAttemptAndItsOutageBeginsWithOneLine() {
        try (var log = new LogLines()) {
            FAULTS_AND_REPAIRS.forEach((breaks, repairs) -> {
                aReportAndItsJob();
                BreakableDatabase.execute(breaks);
                BreakableDatabase.execute("KILL USER weekly_reader");
                for (var i = 0; i < 3; i++) {
                    get(generate(claimed()));
                    assertThatNoAttemptWasSpent();
                }
                BreakableDatabase.execute(repairs);
                get(generate(claimed()));

                assertThat(world.report(report).status()).isEqualTo(ReportStatus.GENERATED);
                assertThat(world.report(report).attempt()).isEqualTo(1);
            });
            assertThat(log.lines()).extracting(LogLines.Line::text).filteredOn(line -> line.startsWith("the source is away")).hasSize(1);
        }
    }

    private void assertThatNoAttemptWasSpent() {
        var job = world.one("SELECT state, attempt, TIMESTAMPDIFF(SECOND, NOW(6), due_at) AS pause FROM job");
        assertThat(job.getString("state")).isEqualTo("scheduled");
        assertThat(job.getInteger("attempt")).isZero();
        assertThat(job.getLong("pause")).isBetween(0L, 300L);
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.QUEUED);
        assertThat(world.report(report).error()).isNull();
        assertThat(world.events(report)).last().isEqualTo("report.put-off");
    }

    @Test
    void aReportThatIsGeneratedWhileTheDatabaseTakesNoWritesIsWrittenAfterwards() {
        get(vault.toWrite(tenant.id()));

        generateWhileTheDatabaseTakesNoWrites();

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(world.report(report).attempt()).isEqualTo(1);
    }

    private void generateWhileTheDatabaseTakesNoWrites() {
        var lease = claimed();
        BreakableDatabase.execute("SET GLOBAL read_only = ON");

        var written = generate(lease);
        await().during(Duration.ofSeconds(3)).atMost(TIMEOUT).until(() -> !written.isDone());
        BreakableDatabase.execute("SET GLOBAL read_only = OFF");
        get(written);
    }

    /** Its key set cannot be stored, so there is nothing to encrypt the file with. */
    @Test
    void theFirstReportOfATenantWaitsForTheDatabaseAndCostsNoAttempt() {
        generateWhileTheDatabaseTakesNoWrites();

        assertThatNoAttemptWasSpent();
    }

    @Test
    void aReportThatCannotBeReadFromTheDatabaseCostsNoAttempt() {
        var lease = claimed();
        BreakableDatabase.lock(BreakableDatabase.SERVICE);

        var written = generate(lease);
        await().during(Duration.ofSeconds(2)).atMost(TIMEOUT).until(() -> !written.isDone());
        BreakableDatabase.unlock(BreakableDatabase.SERVICE);
        get(written);

        assertThat(world.one("SELECT state, attempt FROM job").getString("state")).isEqualTo("scheduled");
        assertThat(world.one("SELECT attempt FROM job").getInteger("attempt")).isZero();
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.QUEUED);
    }

    private Lease claimed() {
        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6)");
        return get(leases.claim(Lane.GENERATE, 1, MINUTE)).getFirst();
    }

    private CompletableFuture<Void> generate(Lease lease) {
        return stage.run(lease).flatMap(completer::complete).subscribeAsCompletionStage();
    }

    private static void get(CompletableFuture<Void> future) {
        World.get(Uni.createFrom().completionStage(future));
    }

    private static <T> T get(Uni<T> uni) {
        return World.get(uni);
    }
}
