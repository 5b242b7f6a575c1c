package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.delivery.suppression.Suppressions;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the replies of a mail server do to an address. The server does what the address of the recipient says. Reports are of 2026-W40. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class DeliverReportSuppressionTest {

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Suppressions suppressions;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @Test
    void anAddressThatDoesNotExistIsSuppressedForThisTenantOnly() {
        var address = world.recipients(tenant, 1, "reject").getFirst();

        assertThat(world.ended(run(), 1).getFirst().status()).isEqualTo(ReportStatus.BOUNCED);

        var found = suppression(address).orElseThrow();
        assertThat(found.reason()).isEqualTo(SuppressionReason.BOUNCED);
        assertThat(found.detail()).contains("550 5.1.1 no such mailbox");
        assertThat(get(suppressions.find(world.tenant().id(), address))).isEmpty();
        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE tenant_id = ? AND action = 'suppression.added'", tenant.id()))
                .isOne();
    }

    @Test
    void aMailboxThatIsFullInTheThirdWeekInARowSuppressesTheAddress() {
        var address = softBounces("full");

        assertThat(failed().error()).contains("mailbox full");

        assertThat(suppression(address).orElseThrow().reason()).isEqualTo(SuppressionReason.SOFT_BOUNCES);
    }

    /** Greylisting for weeks, and a refusal of our mails: the address is not at fault. */
    @ParameterizedTest
    @ValueSource(strings = {"later", "refused"})
    void noOtherReplySuppressesAnAddress(String mood) {
        var address = softBounces(mood);

        failed();

        assertThat(suppression(address)).isEmpty();
    }

    @Test
    void aMailThatIsAcceptedBeginsTheCountAnew() {
        var address = softBounces("ann");

        assertThat(world.ended(run(), 1).getFirst().status()).isEqualTo(ReportStatus.DELIVERED);

        assertThat(world.count("SELECT COUNT(*) FROM soft_bounce WHERE tenant_id = ? AND address = ?", tenant.id(), address)).isZero();
    }

    /** The address of a recipient whose mailbox was full in the two weeks before. */
    private String softBounces(String mood) {
        var address = world.recipients(tenant, 1, mood).getFirst();
        for (var week : Map.of("2026-W38", 14, "2026-W39", 7).entrySet()) {
            world.sql("INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at) VALUES (?, ?, ?, TRUE, NOW(6) - INTERVAL ? DAY)",
                    tenant.id(), address, week.getKey(), week.getValue());
        }
        return address;
    }

    /** The report, after the server has deferred its mail for a day. */
    private Report failed() {
        var report = world.deferred(run(), 1);
        world.begunADayAgo(report.id());
        var failed = world.ended(report.id());
        assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
        return failed;
    }

    private Optional<Suppression> suppression(String address) {
        return get(suppressions.find(tenant.id(), address));
    }

    private String run() {
        return get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT)));
    }
}
