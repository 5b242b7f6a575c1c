package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.report.DeliveryMode;
import io.weekly.report.FileType;
import io.weekly.report.ReportStages;
import io.weekly.report.StoredFile;
import io.weekly.run.RunStart;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a stage is written only under a valid lease. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class BatchCompleterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    ReportStages reports;

    @Inject
    Leases leases;

    @Inject
    BatchCompleter completer;

    @Inject
    Clock clock;

    private Lease lease;

    @BeforeEach
    void aReportThatAWorkerHas() {
        world.sql("DELETE FROM job");
        var tenant = world.tenant();
        world.recipients(tenant, 1, "ann");
        get(runs.byHand(world.order(tenant, "weekly-business", DeliveryMode.ATTACHMENT)));
        await().until(() -> world.count("SELECT COUNT(*) FROM job") == 1);
        lease = claim();
    }

    @AfterEach
    void noJob() {
        world.sql("DELETE FROM job");
    }

    @Test
    void aWorkerThatLostItsLeaseChangesNothing() {
        var lost = lease;
        // As the rescuer does while the worker is suspended.
        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6), lease_token = NULL, leased_at = NULL WHERE id = ?", lost.jobId());
        var valid = claim();
        var before = everything();

        outcomes().forEach(outcome -> get(completer.complete(finished(lost, outcome))));

        assertThat(everything()).isEqualTo(before);
        get(completer.complete(finished(valid, generated())));
        assertThat(world.report(valid.reportId()).attempt()).isEqualTo(2);
        var after = everything();
        outcomes().forEach(outcome -> get(completer.complete(finished(lost, outcome))));
        assertThat(everything()).isEqualTo(after).isNotEqualTo(before);
    }

    @Test
    void aStageEndsOnceEvenIfItIsCompletedSeveralTimes() {
        get(Uni.join().all(outcomes().map(outcome -> completer.complete(finished(lease, outcome))).toList()).andFailFast());

        assertThat(world.events(lease.reportId())).containsExactly("report.generated");
        assertThat(world.rows("SELECT lane, attempt FROM job")).singleElement()
                .satisfies(job -> assertThat(job.getString("lane")).isEqualTo("deliver"))
                .satisfies(job -> assertThat(job.getInteger("attempt")).isZero());
        assertThat(world.count("SELECT COUNT(*) FROM file WHERE report_id = UNHEX(?)", lease.reportId())).isEqualTo(1);
        assertThat(world.count("SELECT changes FROM report WHERE id = UNHEX(?)", lease.reportId())).isEqualTo(1);
    }

    private Lease claim() {
        return get(leases.claim(Lane.GENERATE, 1, MINUTE)).getFirst();
    }

    /** The first is what happened. */
    private Stream<Outcome> outcomes() {
        return Stream.of(
                generated(),
                new Outcome.HandedOver(new HandOver.Accepted("250 taken")),
                Outcome.unknown("the connection was cut"),
                Outcome.cancelled("called off"),
                Outcome.Retry.afterFailure("not now", Duration.ZERO),
                Outcome.Retry.afterDeferral(
                        new HandOver.Deferred("421 not now", HandOver.Sign.REFUSES, ReplyClass.SERVICE), 1, Duration.ZERO),
                Outcome.Retry.afterUnknown("not now", Duration.ZERO, null),
                Outcome.failed("permanently"),
                new Outcome.NothingToDo());
    }

    private Outcome generated() {
        var now = clock.instant();
        var file = new StoredFile("pdf", FileType.PDF, 1, "0".repeat(64), "some/where", now, now.plus(MINUTE));
        return new Outcome.Generated("v1", List.of(file), List.of());
    }

    private FinishedStage finished(Lease by, Outcome outcome) {
        var now = clock.instant();
        return new FinishedStage(by, get(reports.task(by.tenantId(), by.reportId())), now, now, outcome);
    }

    /** Everything that the end of a stage may write. */
    private List<String> everything() {
        var id = lease.reportId();
        return Stream.of(
                        world.rows("SELECT status, attempt, error, changes FROM report WHERE id = UNHEX(?)", id),
                        world.rows("SELECT id, lane, state, attempt, lease_token FROM job WHERE report_id = UNHEX(?)", id),
                        world.rows("SELECT format, path FROM file WHERE report_id = UNHEX(?)", id),
                        world.rows("SELECT number, outcome FROM delivery WHERE report_id = UNHEX(?)", id),
                        world.rows("SELECT status, delta FROM run_delta WHERE tenant_id = ?", lease.tenantId()),
                        world.rows("SELECT action FROM audit_event WHERE subject = ?", id))
                .map(rows -> rows.stream().map(row -> row.toJson().encode()).toList().toString())
                .toList();
    }
}
