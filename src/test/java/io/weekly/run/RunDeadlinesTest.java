package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.owner.LetterTimer;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunDeadlinesTest {

    private static final String LOCK = "SELECT id FROM run WHERE id = UNHEX(?) FOR UPDATE";

    @Inject
    World world;

    @Inject
    LateRuns lateRuns;

    @Inject
    RunDeadlines deadlines;

    @Inject
    LetterTimer letters;

    @Inject
    MeterRegistry meters;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenantWithFiveRecipients() {
        tenant = world.tenant("America/New_York");
        world.recipients(tenant, 5, "due");
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void aRunThatBalancesInTimeIsOnlyCounted() {
        var run = lateRuns.of(tenant, Ids.NONE, owner);
        lateRuns.end(run, "delivered", 4);
        lateRuns.end(run, "bounced", 1);
        var met = judged("met");

        get(deadlines.judge());
        get(deadlines.judge());
        letters.send();

        assertThat(world.events(run)).isEmpty();
        assertThat(TestMail.to(owner)).isEmpty();
        assertThat(judged("met")).isEqualTo(met + 1);
    }

    @Test
    void aMissedDeadlineIsOneEventOneCountAndOneMail() throws Exception {
        var run = lateRuns.of(tenant, schedule(), null);
        lateRuns.end(run, "delivered", 2);
        lateRuns.end(run, "failed", 1);
        var missed = judged("missed");

        get(deadlines.judge());
        letters.send();
        get(deadlines.judge());
        letters.send();

        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
        assertThat(detail(run)).containsAllEntriesOf(Map.of(
                "due", 5, "dueFrozen", true, "ended", Map.of("delivered", 2, "failed", 1), "missing", 2, "open", 2,
                "deadline", deadline(run).toString()));
        assertThat(judged("missed")).isEqualTo(missed + 1);
        assertThat(TestMail.to(owner)).hasSize(1);
        var mail = TestMail.to(owner).getFirst();
        assertThat(mail.subject()).isEqualTo("Not complete in time: plain 2026-W40 for Tenant " + tenant.slug());
        assertThat(mail.html()).isEmpty();
        assertThat(mail.messageId()).startsWith("<" + run + ".deadline@");
        assertThat(mail.text().lines()).contains(
                "Tenant: Tenant %1$s (%1$s)".formatted(tenant.slug()), "Definition: plain", "Period: 2026-W40, revision 1",
                "5 due", "2 delivered", "1 failed", "2 missing, of which 2 open");
        assertThat(mail.text()).contains("/api/v1/runs/" + run + "/ledger", "(America/New_York)").doesNotContain("do not add up");
    }

    @Test
    void ofTwoConcurrentPassesOneReportsTheMissedDeadline() {
        // Without an owner: the key of the table owner_mail would stop the second pass as well.
        var run = lateRuns.of(tenant, Ids.NONE, null);
        var missed = judged("missed");

        lateRuns.meeting(LOCK, run, List.of(deadlines.judge(), deadlines.judge()));

        assertThat(world.events(run)).containsExactly("run.deadline-missed");
        assertThat(judged("missed")).isEqualTo(missed + 1);
    }

    @Test
    void theVerdictDoesNotUseTheCounters() throws Exception {
        var run = lateRuns.of(tenant, Ids.NONE, owner);
        lateRuns.end(run, "delivered", 5);
        world.sql("INSERT INTO run_count (run_id, status, tenant_id, n) VALUES (UNHEX(?), 'delivered', ?, 5)", run, tenant.id());
        world.sql("UPDATE run SET state = 'finished', finished_at = NOW(6) WHERE id = UNHEX(?)", run);
        world.sql("DELETE FROM report WHERE run_id = UNHEX(?) ORDER BY id LIMIT 1", run);

        get(deadlines.judge());
        letters.send();

        assertThat(detail(run)).containsAllEntriesOf(Map.of("due", 5, "ended", Map.of("delivered", 4), "missing", 1, "open", 0));
        assertThat(TestMail.to(owner).getFirst().text()).contains("do not add up: 4 reports exist, but 5 were due");
    }

    @Test
    void aRunThatIsStillEnqueuingMissesItsDeadlineEvenIfNothingIsOpen() throws Exception {
        var run = lateRuns.of(tenant, Ids.NONE, owner);
        lateRuns.end(run, "delivered", 5);
        world.sql("UPDATE run SET state = 'enqueuing' WHERE id = UNHEX(?)", run);

        get(deadlines.judge());
        letters.send();

        assertThat(detail(run)).containsAllEntriesOf(Map.of("due", 5, "dueFrozen", false, "missing", 0));
        assertThat(TestMail.to(owner).getFirst().text()).contains("5 due so far: reports are still being queued");
    }

    @Test
    void aMissedDeadlineOfARunWithoutOwnerSendsNoMail() {
        var run = lateRuns.of(tenant, Ids.NONE, null);
        var missed = judged("missed");

        get(deadlines.judge());

        assertThat(world.events(run)).containsExactly("run.deadline-missed");
        assertThat(judged("missed")).isEqualTo(missed + 1);
        assertThat(world.count("SELECT COUNT(*) FROM owner_mail WHERE run_id = UNHEX(?)", run)).isZero();
    }

    @Test
    void theOwnerOfAnEndedTenantGetsNoMail() {
        var run = lateRuns.of(tenant, schedule(), null);
        world.sql("UPDATE tenant SET ended_at = NOW(6) WHERE id = ?", tenant.id());

        get(deadlines.judge());

        assertThat(world.events(run)).containsExactly("run.deadline-missed");
        assertThat(world.count("SELECT COUNT(*) FROM owner_mail WHERE run_id = UNHEX(?)", run)).isZero();
    }

    @Test
    void onePassJudgesMoreThanAPage() {
        for (var i = 0; i < 101; i++) {
            lateRuns.of(world.tenant(), Ids.NONE, null);
        }
        get(deadlines.judge());

        assertThat(world.count("SELECT COUNT(*) FROM run WHERE judged_at IS NULL AND deadline_at <= NOW(6)")).isZero();
    }

    private String schedule() {
        var id = Ids.next(clock);
        world.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, created_at, updated_at)
            VALUES (?, UNHEX(?), 'plain', 1, '07:00', 0, 'pdf', 'attachment', ?, 'latest', 'none', TRUE, NOW(6), NOW(6))""",
                tenant.id(), id, owner);
        return id;
    }

    private Instant deadline(String run) {
        return Utc.instant(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at"));
    }

    private Map<String, Object> detail(String run) throws Exception {
        var row = world.one("SELECT detail FROM audit_event WHERE subject = ? AND action = 'run.deadline-missed'", run);
        return json.readValue(row.getString("detail"), new TypeReference<>() {});
    }

    private double judged(String outcome) {
        return meters.counter("weekly.run.deadline", "outcome", outcome).count();
    }
}
