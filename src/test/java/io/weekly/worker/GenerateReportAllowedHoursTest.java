package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.definition.Definitions;
import io.weekly.delivery.suppression.Suppressions;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.source.AllowedHours;
import io.weekly.source.Readiness;
import io.weekly.source.SourceConfig;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk reads are allowed from 18:00. Reports are generated at 15:00 and at 18:00. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class GenerateReportAllowedHoursTest {

    private static final Instant CLOSED = Instant.parse("2026-11-23T15:00:00Z");
    private static final Instant OPEN = Instant.parse("2026-11-23T18:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    RunStart runs;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    ReportStages reports;

    @Inject
    Definitions definitions;

    @Inject
    Readiness readiness;

    @Inject
    ReportComposer composer;

    @Inject
    TenantRenderSlots tenantSlots;

    @Inject
    RetryPolicy retries;

    @Inject
    Suppressions suppressions;

    @Inject
    BatchCompleter completer;

    private TenantRow tenant;

    @BeforeEach
    void aTenantAndAnEmptyQueue() {
        world.sql("DELETE FROM job");
        tenant = world.tenant();
        world.figures(tenant);
    }

    @AfterEach
    void anEmptyQueue() {
        world.sql("DELETE FROM job");
    }

    @Test
    void aBulkReportWaitsForTheAllowedHoursAndSpendsNoAttempt() {
        var run = runOfTwo();

        assertThat(generateAllAt(CLOSED)).isEqualTo(2);

        assertThat(world.rows("SELECT state, attempt, TIMESTAMPDIFF(SECOND, NOW(6), due_at) AS pause, lease_token FROM job"))
                .hasSize(2)
                .allSatisfy(job -> {
                    assertThat(job.getString("state")).isEqualTo("scheduled");
                    assertThat(job.getInteger("attempt")).isZero();
                    assertThat(job.getLong("pause")).isBetween(3 * 3600L - 60, 3 * 3600L);
                    assertThat(job.getLong("lease_token")).isNull();
                });
        assertThat(world.reports(run)).hasSize(2).allSatisfy(report -> {
            assertThat(report.status()).isEqualTo(ReportStatus.QUEUED);
            assertThat(report.attempt()).isZero();
            assertThat(report.startedAt()).isNull();
            assertThat(report.error()).isNull();
            assertThat(world.events(report.id())).containsExactly("report.put-off");
        });
        assertThat(generateAllAt(CLOSED)).isZero();
    }

    @Test
    void aBulkReportIsGeneratedWhenTheAllowedHoursBegin() {
        var run = runOfTwo();
        generateAllAt(CLOSED);

        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6)");
        assertThat(generateAllAt(OPEN)).isEqualTo(2);

        assertThat(world.reports(run)).extracting(Report::status).containsOnly(ReportStatus.GENERATED);
        assertThat(world.reports(run)).extracting(Report::attempt).containsOnly(1);
    }

    @Test
    void anOnDemandReportIsGeneratedAtAnyHour() {
        var report = world.reportWithoutJob(tenant);
        get(database.transaction(transaction -> queue.enqueue(
                transaction, Lane.GENERATE, Priority.ON_DEMAND, tenant.id(), List.of(report))));

        assertThat(generateAllAt(CLOSED)).isEqualTo(1);

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.GENERATED);
    }

    @Test
    void aReportWaitsIfItsTenantHasNoRenderSlotAndSpendsNoAttempt() {
        var run = runOfTwo();
        tenantSlots.timedOut(tenant.id());

        assertThat(generateAllAt(OPEN)).isEqualTo(2);

        assertThat(world.rows("SELECT state, attempt FROM job")).hasSize(2).allSatisfy(job -> {
            assertThat(job.getString("state")).isEqualTo("scheduled");
            assertThat(job.getInteger("attempt")).isZero();
        });
        assertThat(world.reports(run)).hasSize(2).allSatisfy(report -> {
            assertThat(report.status()).isEqualTo(ReportStatus.QUEUED);
            assertThat(world.events(report.id())).isEmpty();
        });

        tenantSlots.release(tenant.id());
        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6)");
        assertThat(generateAllAt(OPEN)).isEqualTo(2);
        assertThat(world.reports(run)).extracting(Report::status).containsOnly(ReportStatus.GENERATED);
    }

    @Test
    void anUnwantedReportDoesNotWaitForTheAllowedHours() {
        var run = runOfTwo();
        world.sql("UPDATE recipient SET active = FALSE WHERE tenant_id = ?", tenant.id());

        generateAllAt(CLOSED);

        assertThat(world.reports(run)).extracting(Report::status).containsOnly(ReportStatus.SUPPRESSED);
    }

    private String runOfTwo() {
        world.recipients(tenant, 2, "bulk");
        var run = get(runs.byHand(world.order(tenant, "weekly-business", DeliveryMode.NONE)));
        await().atMost(Duration.ofSeconds(30)).until(() -> world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id()) == 2);
        return run;
    }

    private int generateAllAt(Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var stage = new GenerateReport(
                new StageRunner(reports, retries, clock), definitions, new SourceAvailability(readiness, fromSix(), clock), composer,
                tenantSlots, retries, new WantedReports(new AddressSuppression(suppressions), clock));
        var claimed = get(leases.claim(Lane.GENERATE, 10, MINUTE));
        claimed.forEach(lease -> get(stage.run(lease).flatMap(completer::complete)));
        return claimed.size();
    }

    private static SourceConfig fromSix() {
        return new SourceConfig() {
            @Override
            public boolean allowServiceUser() {
                return false;
            }

            @Override
            public Duration timeout() {
                return MINUTE;
            }

            @Override
            public Duration datasetTimeout() {
                return MINUTE;
            }

            @Override
            public Duration sharedMaxAge() {
                return MINUTE;
            }

            @Override
            public MemorySize maxBytes() {
                throw new UnsupportedOperationException("nothing is read");
            }

            @Override
            public MemorySize sharedMaxBytes() {
                return new MemorySize(BigInteger.TEN);
            }

            @Override
            public Optional<AllowedHours> allowedHours() {
                return Optional.of(AllowedHours.of("18:00-06:00"));
            }
        };
    }
}
