package io.weekly.report;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.queue.Priority;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportRequestsTest {

    private static final String PERIOD = World.WEEK.toString();
    private static final String REVIEWER = "boss@example.test";

    @Inject
    World world;

    @Inject
    ReportRequests requests;

    @Inject
    Reports reports;

    @Inject
    Database database;

    private TenantRow tenant;

    @BeforeEach
    void aTenantWithThreeRecipients() {
        tenant = world.tenant();
        world.recipients(tenant, 3, "r");
    }

    @Test
    void aRequestedReportIsQueuedWithAJobAndAnEvent() {
        var id = request("u-r-0").orElseThrow();

        var report = world.report(id);
        assertThat(report.recipient()).isEqualTo("u-r-0");
        assertThat(report.status()).isEqualTo(ReportStatus.QUEUED);
        assertThat(report.priority()).isEqualTo(Priority.ON_DEMAND);
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.NONE);
        assertThat(report.run()).isNull();
        assertThat(report.sample()).isFalse();
        assertThat(world.one("SELECT formats FROM report WHERE id = UNHEX(?)", id).getString("formats")).isEqualTo("pdf,csv");
        assertThat(jobs(id)).isOne();
        assertThat(world.events(id)).containsExactly("report.requested");
    }

    @Test
    void twoRequestsForTheSamePeriodAreTwoReports() {
        assertThat(request("u-r-0").orElseThrow()).isNotEqualTo(request("u-r-0").orElseThrow());
    }

    @Test
    void anUnknownRecipientGetsNoReport() {
        assertThat(request("u-nobody")).isEmpty();

        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE tenant_id = ?", tenant.id())).isZero();
    }

    @Test
    void aRecipientThatHasEndedOrBelongsToAnotherTenantGetsNoReport() {
        var other = world.tenant();
        world.recipients(other, 1, "other");
        end("u-r-1");

        assertThat(request("u-r-1")).isEmpty();
        assertThat(request("u-other-0")).isEmpty();
        assertThat(get(requests.sample(tenant.id(), "user:boss", "weekly-business", PERIOD, recipient("u-r-1"), List.of("pdf"), REVIEWER)))
                .isEmpty();
    }

    @Test
    void aReportHasTheRevisionOfTheLatestRunOfItsPeriod() {
        assertThat(world.report(request("u-r-0").orElseThrow()).revision()).isOne();

        run(1);
        run(3);

        assertThat(world.report(request("u-r-0").orElseThrow()).revision()).isEqualTo(3);
        assertThat(world.report(sample("u-r-0")).revision()).isEqualTo(3);
    }

    @Test
    void aSampleIsMailedToSomebodyElseAndItsRecipientDoesNotSeeIt() {
        var id = sample("u-r-0");

        var report = world.report(id);
        assertThat(report.sample()).isTrue();
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.ATTACHMENT);
        assertThat(world.one("SELECT mail_to FROM report WHERE id = UNHEX(?)", id).getString("mail_to")).isEqualTo(REVIEWER);
        assertThat(jobs(id)).isOne();
        assertThat(world.events(id)).containsExactly("report.sample-requested");
        assertThat(get(reports.find(new Scope.OfRecipient(tenant.id(), recipient("u-r-0")), id))).isEmpty();
        assertThat(get(reports.find(new Scope.OfTenant(tenant.id()), id))).isPresent();
    }

    @Test
    void samplesHaveTheOrderOfTheirRecipientsWithoutThoseThatHaveEnded() {
        end("u-r-1");
        var recipients = List.of(recipient("u-r-2"), recipient("u-r-1"), recipient("u-r-0"));

        var ids = get(database.transaction(transaction -> requests.samples(
                transaction, tenant.id(), "user:boss", "weekly-business", PERIOD, recipients, List.of("pdf"), REVIEWER)));

        assertThat(ids).extracting(id -> world.report(id).recipient()).containsExactly("u-r-2", "u-r-0");
        assertThat(ids).allSatisfy(id -> assertThat(jobs(id)).isOne());
    }

    @Test
    void samplesOfATransactionThatFailsDoNotExist() {
        var recipients = List.of(recipient("u-r-0"));

        assertThatThrownBy(() -> get(database.transaction(transaction -> requests.samples(
                        transaction, tenant.id(), "user:boss", "weekly-business", PERIOD, recipients, List.of("pdf"), REVIEWER)
                .flatMap(_ -> Uni.createFrom().<List<String>>failure(new IllegalStateException("undone"))))))
                .hasMessageContaining("undone");

        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isZero();
    }

    private Optional<String> request(String userId) {
        return get(requests.request(
                tenant.id(), "user:boss", "weekly-business", PERIOD, userId, List.of("pdf", "csv"), DeliveryMode.NONE));
    }

    private String sample(String userId) {
        return get(requests.sample(tenant.id(), "user:boss", "weekly-business", PERIOD, recipient(userId), List.of("pdf"), REVIEWER))
                .orElseThrow();
    }

    private long recipient(String userId) {
        return world.one("SELECT id FROM recipient WHERE tenant_id = ? AND user_id = ?", tenant.id(), userId).getLong("id");
    }

    private void end(String userId) {
        world.sql("UPDATE recipient SET ended_at = NOW(6) WHERE tenant_id = ? AND user_id = ?", tenant.id(), userId);
    }

    private int jobs(String reportId) {
        return world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?) AND lane = 'generate' AND state = 'ready'", reportId);
    }

    private void run(int revision) {
        world.sql("""
                INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                                 window_minutes, due, started_at, finished_at)
                VALUES (?, UNHEX(REPLACE(UUID(), '-', '')), 'weekly-business', ?, ?, UNHEX(REPEAT('0', 32)), 'manual', 'user:boss',
                        'finished', 'pdf', 'none', 0, 0, NOW(6), NOW(6))""", tenant.id(), PERIOD, revision);
    }
}
