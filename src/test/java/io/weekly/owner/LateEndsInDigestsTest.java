package io.weekly.owner;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.report.LateOutcomes;
import io.weekly.report.ReportStatus;
import io.weekly.schedule.SendTime;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Mails that come back after the digest of their run. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LateEndsInDigestsTest {

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
    Database database;

    @Inject
    LateOutcomes late;

    @Inject
    Clock clock;

    /** The bounce comes behind a relay, on the day after the digest. */
    @Test
    void aReportThatBouncesAfterTheDigestIsInTheNextOne() {
        var tenant = world.tenant(ZONE.getId());
        world.recipients(tenant, 5, "due");
        var due = TUESDAY.last(clock.instant(), ZONE);
        world.sql("INSERT INTO owner_digest (tenant_id, written_to) VALUES (?, ?)",
                tenant.id(), Utc.column(TUESDAY.last(due.minusSeconds(1), ZONE)));
        var owner = "ann@%s.test".formatted(tenant.slug());
        var run = runs.run(tenant, runs.schedule(tenant, owner), due.minus(1, ChronoUnit.DAYS));
        runs.reports(tenant, run, "delivered", 5, null);
        get(digests.write(due));
        letters.send();
        assertThat(TestMail.to(owner)).isEmpty();

        for (var minutes = 0; minutes < 2; minutes++) {
            bounces(tenant.id(), run, due.plus(1, ChronoUnit.DAYS).plus(minutes, ChronoUnit.MINUTES));
        }
        get(digests.write(due.plus(7, ChronoUnit.DAYS)));
        get(digests.write(due.plus(14, ChronoUnit.DAYS)));
        letters.send();

        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Reports of the week: 2 bounced for Tenant " + tenant.slug());
            assertThat(mail.text()).contains("5 due, 3 delivered", "  2 bounced", "    2: 550 5.1.1 gone");
        });
    }

    /** The last one comes after the time that the second digest is about, and before this digest is written. */
    @Test
    void aLaterBounceDoesNotTakeAnEarlierOneOutOfTheNextDigest() {
        var tenant = world.tenant(ZONE.getId());
        world.recipients(tenant, 5, "due");
        var due = TUESDAY.last(clock.instant(), ZONE);
        world.sql("INSERT INTO owner_digest (tenant_id, written_to) VALUES (?, ?)", tenant.id(), Utc.column(due));
        var owner = "ann@%s.test".formatted(tenant.slug());
        var run = runs.run(tenant, runs.schedule(tenant, owner), due.minus(1, ChronoUnit.DAYS));
        runs.reports(tenant, run, "delivered", 5, null);
        var next = due.plus(7, ChronoUnit.DAYS);
        bounces(tenant.id(), run, due.plus(1, ChronoUnit.DAYS));
        bounces(tenant.id(), run, next.minus(5, ChronoUnit.MINUTES));

        get(digests.write(next));
        letters.send();
        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> assertThat(mail.text()).contains("  2 bounced"));

        get(digests.write(next.plus(7, ChronoUnit.DAYS)));
        get(digests.write(next.plus(14, ChronoUnit.DAYS)));
        letters.send();
        assertThat(TestMail.to(owner)).as("two digests may have the run").hasSize(2);
    }

    private void bounces(int tenantId, String run, Instant at) {
        var report = world.one(
                "SELECT LOWER(HEX(id)) FROM report WHERE run_id = UNHEX(?) AND status = 'delivered' ORDER BY id LIMIT 1", run).getString(0);
        get(database.transaction(transaction -> late.lock(transaction, tenantId, report).flatMap(
                found -> late.end(transaction, found.orElseThrow(), ReportStatus.BOUNCED, "550 5.1.1 gone", at))));
    }
}
