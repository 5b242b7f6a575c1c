package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.owner.LetterTimer;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.run.WeekHistory.Earlier;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run says that has no report, and what the owner of its schedule gets. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class NothingDueTest {

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    RunStart start;

    @Inject
    RunEnqueuer enqueuer;

    @Inject
    LetterTimer letters;

    @Inject
    Runs runs;

    private TenantRow tenant;
    private String schedule;
    private String owner;

    @BeforeEach
    void aTenantWithASchedule() {
        tenant = world.tenant();
        schedule = Ids.next(Clock.systemUTC());
        owner = "owner@" + tenant.slug() + ".test";
        world.sql(
                """
                INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                      approval, paused, next_run_at, created_at, updated_at)
                VALUES (?, UNHEX(?), 'weekly-business', 1, '07:00', 0, 'pdf', 'attachment', ?, 'latest', 'none', FALSE, NULL, NOW(6),
                        NOW(6))""",
                tenant.id(), schedule, owner);
    }

    @Test
    void theRunSaysThatItsAudienceMatchesNobodyAndTheOwnerIsTold() {
        world.recipients(tenant, 3, "ann");
        world.sql("UPDATE recipient SET tags = JSON_ARRAY('manager') WHERE tenant_id = ?", tenant.id());

        var run = fire(new Audience(List.of("Manager")));

        assertThat(run.due()).isZero();
        assertThat(run.reason()).isEqualTo("The audience matches 0 recipients: no active recipient has the tag Manager.");
        letters.send();
        assertThat(TestMail.messagesTo(owner)).singleElement().satisfies(mail -> {
            assertThat(mail.getSubject()).contains("Nobody to send to", "2026-W40");
            assertThat(mail.getContent().toString()).contains("Manager", run.id(), schedule);
        });
        assertThat(world.events(run.id())).contains("run.due-frozen", "run.owner-told");
    }

    @Test
    void theOwnerIsToldAtEachRunThatFindsNobody() {
        fire(new Audience(List.of("gone", "nobody")));
        fire(null);

        letters.send();

        assertThat(TestMail.to(owner)).hasSize(2);
    }

    @Test
    void theRunCountsTheReportsThatAreThereAlreadyAndTheOwnerGetsNoMail() {
        world.recipients(tenant, 4, "ann");
        var history = new WeekHistory(world, tenant);
        var sent = history.run(Earlier.of("finished", "attachment"), 1);
        history.report(sent, "u-ann-0", "delivered", "attachment");
        history.report(sent, "u-ann-1", "delivered", "attachment");
        history.report(sent, "u-ann-2", "bounced", "attachment");
        history.report(history.run(Earlier.of("running", "attachment"), 2), "u-ann-3", "suppressed", "attachment");

        var run = fire(null);

        assertThat(run.due()).isZero();
        assertThat(run.reason()).contains("2026-W40").contains("1 bounced", "2 delivered", "1 suppressed");
        letters.send();
        assertThat(TestMail.to(owner)).isEmpty();
    }

    @Test
    void aRunWithReportsHasNoReason() {
        world.recipients(tenant, 1, "ann");

        assertThat(fire(null)).satisfies(run -> {
            assertThat(run.due()).isEqualTo(1);
            assertThat(run.reason()).isNull();
        });
    }

    @Test
    void aLongAudienceFitsIntoTheColumn() {
        var tags = IntStream.range(0, 20).mapToObj(i -> "ü".repeat(60) + i).toList();

        assertThat(fire(new Audience(tags)).reason()).hasSizeLessThanOrEqualTo(1000).endsWith("…");
    }

    private Run fire(Audience audience) {
        var order = new RunOrder(
                tenant.id(), "service", "weekly-business", World.WEEK, schedule, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0,
                audience, null);
        var id = get(database.transaction(transaction -> start.scheduled(transaction, order)));
        enqueuer.wake();
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> get(runs.find(Scope.EVERY_TENANT, id)).orElseThrow(), run -> run.state() != RunState.ENQUEUING);
    }
}
