package io.weekly.owner;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.schedule.SendTime;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.HandDriven;
import io.weekly.testing.HeldRows;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which owners get a digest, once, and what it says. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DigestsTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final SendTime TUESDAY = new SendTime(DayOfWeek.TUESDAY, LocalTime.of(9, 0));

    @Inject
    World world;

    @Inject
    PastRuns runs;

    @Inject
    Digests digests;

    @Inject
    LetterTimer letters;

    @Inject
    ScheduleTransfers transfers;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private Instant due;
    private String schedule;

    @BeforeEach
    void aTenantWhoseLastDigestWasAWeekAgo() {
        tenant = world.tenant(ZONE.getId());
        world.recipients(tenant, 5, "due");
        due = TUESDAY.last(clock.instant(), ZONE);
        world.sql("INSERT INTO owner_digest (tenant_id, written_to) VALUES (?, ?)",
                tenant.id(), Utc.column(TUESDAY.last(due.minusSeconds(1), ZONE)));
        schedule = schedule("ann");
    }

    @Test
    void anOwnerGetsOneLetterAboutTheProblemsOfTheWeek() {
        var run = run(schedule, due.minus(1, ChronoUnit.DAYS));
        reports(run, "delivered", 2, null);
        reports(run, "failed", 2, "the data source did not answer");
        reports(run, "bounced", 1, "550 5.1.1 <x@acme.test> unknown");

        get(digests.write(due));
        get(digests.write(due.plusSeconds(60)));
        letters.send();

        assertThat(TestMail.to(address("ann"))).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Reports of the week: 2 failed, 1 bounced for Tenant " + tenant.slug());
            assertThat(mail.text()).contains(
                    "plain, 2026-W40", "5 due, 2 delivered", "2 failed", "2: the data source did not answer", "Recipient 2 (u-due-2)",
                    "1: 550 5.1.1 … unknown", "GET /api/v1/runs/%s/ledger?format=csv".formatted(run), "(Asia/Tokyo)");
        });
        assertThat(world.events(tenant.slug())).containsExactly("owner.digest-sent");
    }

    /** Reasons are read in pages of 5,000 reports. The last report of the second page fails, and it is the only one. */
    @Test
    void theReasonOfAReportOnALaterPageIsFound() {
        world.recipients(tenant, 5_995, "more");
        var run = run(schedule, due.minus(1, ChronoUnit.DAYS));
        reports(run, "delivered", 6_000, null);
        world.sql("UPDATE run_count SET status = 'failed', n = 1 WHERE run_id = UNHEX(?)", run);
        world.sql("UPDATE report SET status = 'failed', error = 'too many rows' WHERE run_id = UNHEX(?) ORDER BY id DESC LIMIT 1", run);

        get(digests.write(due));

        assertThat(body("ann")).contains("  1 failed\n    1: too many rows\n");
    }

    @Test
    void aWeekWithoutProblemsHasNoLetter() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "delivered", 5, null);

        get(digests.write(due));

        assertThat(waiting()).isEmpty();
        assertThat(writtenTo()).isEqualTo(due);
    }

    @Test
    void beforeItsTimeThereIsNoLetter() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 5, null);

        get(digests.write(due.minusSeconds(1)));

        assertThat(waiting()).isEmpty();
    }

    @Test
    void aRunOfAnotherWeekIsNotInTheLetter() {
        reports(run(schedule, due.minus(8, ChronoUnit.DAYS)), "failed", 5, null);
        reports(run(schedule("ann"), due.minus(1, ChronoUnit.MINUTES)), "failed", 5, null);

        get(digests.write(due));

        assertThat(waiting()).isEmpty();
    }

    @Test
    void eachOwnerGetsALetterAboutItsOwnSchedulesInAnyCase() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);
        reports(run(schedule("ANN"), due.minus(1, ChronoUnit.DAYS)), "unknown", 1, null);
        reports(run(schedule("bob"), due.minus(1, ChronoUnit.DAYS)), "suppressed", 1, "unsubscribed");
        reports(run(Ids.NONE, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);

        get(digests.write(due));

        assertThat(waiting()).containsExactlyInAnyOrder(address("ann"), address("bob"));
        assertThat(subject("ann")).contains("1 failed, 1 unknown");
        assertThat(subject("bob")).contains("1 suppressed");
    }

    @Test
    void anEndedScheduleHasNobodyToTell() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);
        world.sql("UPDATE schedule SET ended_at = NOW(6) WHERE id = UNHEX(?)", schedule);

        get(digests.write(due));

        assertThat(waiting()).isEmpty();
    }

    @Test
    void aNewTenantGetsItsFirstDigestAtTheNextTime() {
        world.sql("DELETE FROM owner_digest WHERE tenant_id = ?", tenant.id());
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);

        get(digests.write(due.plusSeconds(3600)));

        assertThat(waiting()).isEmpty();
        assertThat(writtenTo()).isEqualTo(due);
    }

    @Test
    void ofTwoProcessesOneWritesTheLetters() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);

        get(Uni.join().all(digests.write(due), digests.write(due), digests.write(due)).andFailFast());
        letters.send();

        assertThat(TestMail.to(address("ann"))).hasSize(1);
        assertThat(writtenTo()).isEqualTo(due);
    }

    @Test
    void aProcessThatIsNotTheFirstDoesNotWait() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);

        var lock = "SELECT tenant_id FROM owner_digest WHERE tenant_id = ? FOR UPDATE";
        try (var _ = HeldRows.of(database, lock, String.valueOf(tenant.id()))) {
            get(digests.write(due));
            assertThat(waiting()).isEmpty();
        }
        get(digests.write(due));
        assertThat(waiting()).containsExactly(address("ann"));
    }

    @Test
    void afterATransferTheDigestGoesToTheNewOwnerAndSoDoesOneThatWaits() {
        reports(run(schedule, due.minus(1, ChronoUnit.DAYS)), "failed", 1, null);
        get(digests.write(due));
        assertThat(waiting()).containsExactly(address("ann"));

        get(transfers.transfer(new OfTenant(tenant.id()), address("Ann"), address("bob"), "user:boss"));

        assertThat(waiting()).containsExactly(address("bob"));
        world.sql("UPDATE run SET finished_at = ? WHERE tenant_id = ?", Utc.column(due.plusSeconds(1)), tenant.id());
        world.sql("DELETE FROM owner_mail WHERE tenant_id = ?", tenant.id());
        get(digests.write(due.plus(7, ChronoUnit.DAYS)));
        assertThat(waiting()).containsExactly(address("bob"));
    }

    private String address(String name) {
        return "%s@%s.test".formatted(name, tenant.slug());
    }

    private String schedule(String owner) {
        return runs.schedule(tenant, address(owner));
    }

    private String run(String scheduleId, Instant finished) {
        return runs.run(tenant, scheduleId, finished);
    }

    private void reports(String run, String status, int count, String error) {
        runs.reports(tenant, run, status, count, error);
    }

    private List<String> waiting() {
        return world.rows("SELECT address FROM owner_mail WHERE tenant_id = ? AND about = 'digest'", tenant.id()).stream()
                .map(row -> row.getString("address").toLowerCase(Locale.ROOT))
                .toList();
    }

    private String subject(String owner) {
        return world.one("SELECT subject FROM owner_mail WHERE tenant_id = ? AND LOWER(address) = ?", tenant.id(), address(owner))
                .getString("subject");
    }

    private String body(String owner) {
        return world.one("SELECT body FROM owner_mail WHERE tenant_id = ? AND LOWER(address) = ?", tenant.id(), address(owner))
                .getString("body");
    }

    private Instant writtenTo() {
        return Utc.instant(world.one("SELECT written_to FROM owner_digest WHERE tenant_id = ?", tenant.id())
                .getLocalDateTime("written_to"));
    }
}
