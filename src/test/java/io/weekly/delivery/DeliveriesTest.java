package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time since which a delivery is tried: {@code weekly.delivery.defer-for} counts from there. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DeliveriesTest {

    private static final Instant MONDAY = Instant.parse("2026-10-05T06:00:00Z");
    private static final Instant AN_HOUR_LATER = MONDAY.plus(Duration.ofHours(1));
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    Deliveries deliveries;

    private TenantRow tenant;
    private String report;

    @BeforeEach
    void aReport() {
        tenant = world.tenant();
        report = world.reportWithoutJob(tenant);
    }

    @Test
    void aDeliveryIsTriedSinceItsFirstDialogue() {
        begin(deliveries.first(report, MONDAY), MONDAY);
        begin(latest(AN_HOUR_LATER), AN_HOUR_LATER);

        assertThat(latest(TUESDAY).since()).isEqualTo(MONDAY);
        assertThat(latest(TUESDAY).attempts()).isEqualTo(2);
    }

    @Test
    void aRequestedDeliveryIsTriedSinceItsFirstDialogue() {
        get(database.transaction(transaction -> deliveries.next(transaction, tenant.id(), report, MONDAY)));
        assertThat(latest(AN_HOUR_LATER).since()).isEqualTo(AN_HOUR_LATER);

        begin(latest(AN_HOUR_LATER), AN_HOUR_LATER);

        assertThat(latest(TUESDAY).since()).isEqualTo(AN_HOUR_LATER);
    }

    @Test
    void aDeliveryThatIsTriedAgainOnRequestIsTriedSinceThen() {
        begin(deliveries.first(report, MONDAY), MONDAY);

        get(database.transaction(transaction -> deliveries.again(transaction, tenant.id(), List.of(report), TUESDAY)));

        assertThat(latest(TUESDAY).since()).isEqualTo(TUESDAY);
        assertThat(latest(TUESDAY).attempts()).isEqualTo(1);
    }

    @Test
    void aDialogueThatDidNotBeginDoesNotCount() {
        var first = deliveries.first(report, MONDAY);
        begin(first, true, MONDAY);
        assertThat(latest(TUESDAY).unknownBefore()).isTrue();

        get(database.transaction(transaction -> deliveries.notBegun(transaction, tenant.id(), report, first)));

        assertThat(latest(TUESDAY).attempts()).isZero();
        assertThat(latest(TUESDAY).since()).isEqualTo(TUESDAY);
        assertThat(latest(TUESDAY).unknownBefore()).isFalse();
    }

    private Deliveries.Delivery latest(Instant now) {
        return get(deliveries.latest(tenant.id(), report, now)).orElseThrow();
    }

    private void begin(Deliveries.Delivery delivery, Instant at) {
        begin(delivery, false, at);
    }

    private void begin(Deliveries.Delivery delivery, boolean unknownBefore, Instant at) {
        var begin = new Deliveries.Begin(
                tenant.id(), report, delivery.number(), "attachment", "ann@acme.test", delivery.messageId(), unknownBefore, at);
        get(database.transaction(transaction -> deliveries.begin(transaction, begin)));
    }
}
