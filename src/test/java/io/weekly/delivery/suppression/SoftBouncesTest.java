package io.weekly.delivery.suppression;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the default: three weeks in a row. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SoftBouncesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String FULL = "452 4.2.2 mailbox full";

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    SoftBounces softBounces;

    @Inject
    Suppressions suppressions;

    @Inject
    TenantSuppressions ofTenant;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
    }

    @Test
    void threeWeeksInARowSuppressTheAddressOverTheYearEndToo() {
        bounces("Ann@Acme.test", "2026-W52", "2026-W53");
        assertThat(reason("ann@acme.test")).isEmpty();

        bounces("ann@acme.test", "2027-W01");

        assertThat(reason("ANN@acme.test")).containsExactly(SuppressionReason.SOFT_BOUNCES);
        assertThat(get(suppressions.find(tenant.id(), "ann@acme.test")).orElseThrow().detail()).isEqualTo(FULL);
    }

    @Test
    void aWeekWithoutASoftBounceBeginsTheCountAnew() {
        bounces("ann@acme.test", "2026-W45", "2026-W46", "2026-W48", "2026-W49");

        assertThat(reason("ann@acme.test")).isEmpty();
    }

    @Test
    void severalReportsOfOneWeekCountOnce() {
        bounces("ann@acme.test", "2026-W45", "2026-W45", "2026-W45", "2026-W46");

        assertThat(reason("ann@acme.test")).isEmpty();
    }

    /** After an outage, or if a new tenant has its past weeks mailed. */
    @Test
    void weeksThatWereMailedOnOneDayDoNotSuppressAnAddress() {
        for (var week : List.of("2026-W45", "2026-W46", "2026-W47")) {
            in(transaction -> softBounces.add(transaction, tenant.id(), "ann@acme.test", week, FULL, NOW));
        }

        assertThat(reason("ann@acme.test")).isEmpty();
    }

    @Test
    void otherTenantsAndOtherAddressesCountForThemselves() {
        var other = world.tenant();
        bounces("ann@acme.test", "2026-W45", "2026-W46");
        bounces("bea@acme.test", "2026-W47");
        in(transaction -> softBounces.add(transaction, other.id(), "ann@acme.test", "2026-W47", FULL, NOW));

        assertThat(reason("ann@acme.test")).isEmpty();
        assertThat(get(suppressions.find(other.id(), "ann@acme.test"))).isEmpty();
    }

    @Test
    void aLaterMailOfTheSameWeekThatArrivedEndsTheRow() {
        bounces("ann@acme.test", "2026-W45", "2026-W46");

        arrived("Ann@acme.test", "2026-W46", after("2026-W46").plusSeconds(3600));
        bounces("ann@acme.test", "2026-W47");

        assertThat(reason("ann@acme.test")).isEmpty();
        assertThat(weeks("ann@acme.test")).isEqualTo(2);
    }

    /** Amazon SES reports first that a mail arrived, and then that the mailbox was full. */
    @Test
    void mailsThatFirstArriveAndThenMeetAFullMailboxCount() {
        for (var week : List.of("2026-W45", "2026-W46", "2026-W47")) {
            arrived("ann@acme.test", week, after(week).minusSeconds(60));
            bounces("ann@acme.test", week);
        }

        assertThat(reason("ann@acme.test")).containsExactly(SuppressionReason.SOFT_BOUNCES);
    }

    @Test
    void newsOfAnEarlierArrivalChangesNothing() {
        bounces("ann@acme.test", "2026-W45", "2026-W46");

        arrived("ann@acme.test", "2026-W44", NOW);
        arrived("ann@acme.test", "2026-W46", after("2026-W46").minusSeconds(60));

        assertThat(weeks("ann@acme.test")).isEqualTo(2);
    }

    private void arrived(String address, String week, Instant at) {
        in(transaction -> softBounces.arrived(transaction, tenant.id(), address, week, at));
    }

    /** Behind a relay, each mail is accepted, and the mail system of the reader says later that the mailbox is full. */
    @Test
    void whatARelayAcceptsDoesNotClearWhatWasSaidLater() {
        bounces("ann@acme.test", "2026-W45", "2026-W46");
        in(transaction -> softBounces.addFromDialogue(transaction, tenant.id(), "bea@acme.test", "2026-W46", FULL, NOW));

        in(transaction -> softBounces.accepted(transaction, tenant.id(), List.of("ann@acme.test", "bea@acme.test")));

        assertThat(weeks("ann@acme.test")).isEqualTo(2);
        assertThat(weeks("bea@acme.test")).isZero();
    }

    @Test
    void aSuppressionThatIsLiftedNeedsThreeWeeksAgain() {
        bounces("ann@acme.test", "2026-W45", "2026-W46", "2026-W47");
        var id = get(suppressions.find(tenant.id(), "ann@acme.test")).orElseThrow().id();

        assertThat(get(ofTenant.lift(new OfTenant(tenant.id()), id, "user:admin"))).isTrue();
        bounces("ann@acme.test", "2026-W48", "2026-W49");
        assertThat(reason("ann@acme.test")).isEmpty();

        bounces("ann@acme.test", "2026-W50");
        assertThat(reason("ann@acme.test")).containsExactly(SuppressionReason.SOFT_BOUNCES);
    }

    @Test
    void aReasonOfAMailSystemDoesNotReplaceTheChoiceOfAPerson() {
        add("ann@acme.test", SuppressionReason.COMPLAINED, "complaint");
        add("ann@acme.test", SuppressionReason.BOUNCED, "no such user");

        var found = get(suppressions.find(tenant.id(), "ann@acme.test")).orElseThrow();
        assertThat(found.reason()).isEqualTo(SuppressionReason.COMPLAINED);
        assertThat(found.detail()).isEqualTo("complaint");
        assertThat(found.count()).isEqualTo(2);
        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE tenant_id = ? AND action = 'suppression.added'", tenant.id()))
                .isOne();
    }

    /** The audit trail is in the order in which this service did things. A provider may report late, and its clock may be wrong. */
    @Test
    void theAuditEventHasTheTimeOfThisProcess() {
        var before = Instant.now().minusSeconds(60);
        var at = Instant.parse("2025-01-01T00:00:00Z");
        in(transaction -> suppressions.add(transaction, tenant.id(), "ann@acme.test", SuppressionReason.BOUNCED, "no such user", at));

        assertThat(get(suppressions.find(tenant.id(), "ann@acme.test")).orElseThrow().lastAt()).isEqualTo(at);
        assertThat(Utc.instant(world.one("SELECT at FROM audit_event WHERE tenant_id = ? AND action = 'suppression.added'", tenant.id())
                .getLocalDateTime(0))).isAfter(before);
    }

    private void add(String address, SuppressionReason reason, String detail) {
        in(transaction -> suppressions.add(transaction, tenant.id(), address, reason, detail, NOW));
    }

    private void bounces(String address, String... weeks) {
        for (var week : weeks) {
            in(transaction -> softBounces.add(transaction, tenant.id(), address, week, FULL, after(week)));
        }
    }

    /** The reports of a week are mailed on the Monday after it. */
    private static Instant after(String week) {
        var monday = LocalDate.parse(week + "-1", DateTimeFormatter.ISO_WEEK_DATE).plusWeeks(1);
        return monday.atTime(9, 0).toInstant(ZoneOffset.UTC);
    }

    private List<SuppressionReason> reason(String address) {
        return get(suppressions.find(tenant.id(), address)).map(Suppression::reason).stream().toList();
    }

    private int weeks(String address) {
        return world.count("SELECT COUNT(*) FROM soft_bounce WHERE tenant_id = ? AND address = ?", tenant.id(), address);
    }

    private void in(Function<SqlClient, Uni<Void>> work) {
        get(database.transaction(work::apply));
    }
}
