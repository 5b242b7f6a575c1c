package io.weekly.access.link;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.keys.KeyUses;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LinksTest {

    private static final Instant LATE = Instant.now().plus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);

    @Inject World world;
    @Inject Links links;
    @Inject LinkErasure erasure;
    @Inject KeyUses uses;

    private TenantRow tenant;
    private String report;

    @BeforeEach
    void aReport() {
        tenant = world.tenant();
        report = world.reportWithoutJob(tenant);
    }

    @Test
    void allAttemptsOfADeliveryHaveTheSameLink() {
        var first = made(order("pdf", Optional.of(1), Optional.of(Duration.ofHours(1))));
        var retried = made(order("pdf", Optional.of(1), Optional.of(Duration.ofDays(2))));

        assertThat(links.url(retried)).isEqualTo(links.url(first)).startsWith(TestServers.PUBLIC_URL + "/d/1.test.");
        // A mail that is sent again is worth nothing if its link is about to expire.
        assertThat(retried.expiresAt()).isAfter(first.expiresAt().plus(Duration.ofDays(1)));
        assertThat(made(order("pdf", Optional.of(1), Optional.of(Duration.ofHours(1)))).expiresAt()).isEqualTo(retried.expiresAt());
        assertThat(world.events(report)).containsExactly("link.created");

        assertThat(made(order("xlsx", Optional.of(1), Optional.empty())).id()).isNotEqualTo(first.id());
        assertThat(made(order("pdf", Optional.of(2), Optional.empty())).id()).isNotEqualTo(first.id());
    }

    /** A mail must not give a changed row a new MAC, and must not contain its address. */
    @Test
    void aDeliveryWhoseLinkWasChangedInTheDatabaseGetsNoAddress() {
        var first = made(order("pdf", Optional.of(1), Optional.of(Duration.ofHours(1))));
        world.sql("UPDATE link SET expires_at = expires_at - INTERVAL 1 SECOND WHERE id = UNHEX(?)", first.id());

        var retried = made(order("pdf", Optional.of(1), Optional.of(Duration.ofDays(2))));

        assertThat(retried.mac()).isEqualTo(first.mac());
        assertThatThrownBy(() -> links.url(retried)).hasMessageContaining(first.id() + " was changed");
    }

    @Test
    void aRevokedLinkStaysRevokedIfItsMailIsSentAgain() {
        var first = made(order("pdf", Optional.of(1), Optional.empty()));
        get(links.revoke(new io.weekly.tenant.Scope.OfTenant(tenant.id()), report, first.id(), "test"));

        made(order("pdf", Optional.of(1), Optional.empty()));

        assertThat(world.count("SELECT COUNT(*) FROM link WHERE id = UNHEX(?) AND revoked_at IS NOT NULL", first.id())).isEqualTo(1);
        assertThat(get(links.use(new OpenedLinks.Opened.Works(tenant.id(), first.id(), report, "pdf", 1)))).isFalse();
        assertThat(world.events(report)).doesNotContain("link.opened");
    }

    @Test
    void aLinkNeedsItsKeyAsLongAsItWorks() {
        var before = uses();
        var made = made(order("pdf", Optional.empty(), Optional.empty()));
        assertThat(uses()).isEqualTo(before + 1);

        world.sql("UPDATE link SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE id = UNHEX(?)", made.id());
        assertThat(uses()).isEqualTo(before);
    }

    @Test
    void aLinkIsDeletedThirtyDaysAfterItsExpiry() {
        var old = made(order("pdf", Optional.of(1), Optional.empty())).id();
        var young = made(order("pdf", Optional.of(2), Optional.empty())).id();
        world.sql("UPDATE link SET expires_at = NOW(6) - INTERVAL 31 DAY WHERE id = UNHEX(?)", old);
        world.sql("UPDATE link SET expires_at = NOW(6) - INTERVAL 29 DAY WHERE id = UNHEX(?)", young);

        get(erasure.deleteExpired());

        assertThat(ids()).containsExactly(young);
    }

    @Test
    void theLinksOfATenantThatEndedAreErasedAndNoOthers() {
        var other = world.tenant();
        made(order("pdf", Optional.empty(), Optional.empty()));
        made(order("pdf", Optional.of(1), Optional.empty()));

        assertThat(get(erasure.eraseAll(other.id()))).isTrue();
        assertThat(ids()).hasSize(2);
        assertThat(get(erasure.eraseAll(tenant.id()))).isTrue();
        assertThat(ids()).isEmpty();
    }

    private List<String> ids() {
        return world.rows("SELECT LOWER(HEX(id)) AS id FROM link WHERE tenant_id = ?", tenant.id()).stream()
                .map(row -> row.getString("id"))
                .toList();
    }

    private long uses() {
        return get(uses.read()).stream().filter(key -> key.id().equals("test")).findFirst().orElseThrow().uses().getOrDefault("links", 0L);
    }

    private LinkResult.Made made(LinkOrder order) {
        return (LinkResult.Made) get(links.make(order));
    }

    private LinkOrder order(String format, Optional<Integer> delivery, Optional<Duration> ttl) {
        return new LinkOrder(tenant.id(), report, format, LATE, ttl, delivery, "service");
    }
}
