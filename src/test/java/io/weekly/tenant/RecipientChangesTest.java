package io.weekly.tenant;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportRequests;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunState;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.WeekOfRuns;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recipient that is deleted, and another person who gets its user id. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class RecipientChangesTest {

    private static final String USER = "u-ann-0";

    @Inject
    World world;

    @Inject
    WeekOfRuns week;

    @Inject
    RecipientChanges changes;

    @Inject
    Recipients recipients;

    @Inject
    Preferences preferences;

    @Inject
    ReportRequests requests;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private OfTenant scope;
    private String oldAddress;
    private String newAddress;

    /** The three ways in which a recipient is stored. */
    enum Way { POST, PUT, UPLOAD }

    @BeforeEach
    void aTenantWithARecipient() {
        tenant = world.tenant();
        scope = new OfTenant(tenant.id());
        world.figures(tenant);
        oldAddress = world.recipients(tenant, 1, "ann").getFirst();
        newAddress = "bob-%s@%s.test".formatted(UUID.randomUUID(), tenant.slug());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theHeldMailOfTheDeletedRecipientIsSuppressedHoweverTheUserIdIsStoredAgain(Way way) {
        var held = week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
        assertThat(week.run(held).state()).isEqualTo(RunState.HELD);

        delete();
        store(way);
        week.approve(held);
        week.awaitQuiet(tenant);

        assertThat(week.ended(held)).extracting(Report::status).containsExactly(ReportStatus.SUPPRESSED);
        assertThat(MoodyMailServer.received(oldAddress) + MoodyMailServer.received(newAddress)).isZero();
        // Nobody has sent the week to the new person yet.
        week.fire(tenant, null, null);
        week.awaitQuiet(tenant);
        assertThat(MoodyMailServer.received(newAddress)).isEqualTo(1);
    }

    @Test
    void anOldReportIsNotMailedToTheNewPersonOnRequest() {
        var sent = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);
        var report = week.ended(sent).getFirst().id();
        assertThat(MoodyMailServer.received(oldAddress)).isEqualTo(1);

        delete();
        store(Way.POST);
        week.deliver(report);
        week.awaitQuiet(tenant);

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.SUPPRESSED);
        week.retry(report);
        week.awaitQuiet(tenant);
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.SUPPRESSED);
        assertThat(MoodyMailServer.received(newAddress)).isZero();
    }

    @Test
    void aReportOnDemandOfTheNewPersonIsMailed() {
        delete();
        assertThat(get(request())).isEmpty();
        store(Way.PUT);

        var report = get(request()).orElseThrow();

        assertThat(world.ended(report).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(MoodyMailServer.received(newAddress)).isEqualTo(1);
    }

    private Uni<Optional<String>> request() {
        return requests.request(
                tenant.id(), "test", "plain", World.WEEK.toString(), USER, List.of("pdf"), DeliveryMode.ATTACHMENT);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theNewPersonHasNeitherThePasswordNorThePreferencesOfTheDeletedOne(Way way) {
        var me = recipient();
        get(preferences.put(me, USER, new Preference(null, "fr", Instant.now().plusSeconds(3600), List.of("plain")), "test"));
        world.sql("UPDATE recipient SET pdf_password = 'k1:secret' WHERE tenant_id = ?", tenant.id());

        delete();
        assertThat(world.count("SELECT COUNT(*) FROM preference WHERE tenant_id = ?", tenant.id())).isZero();
        store(way);

        assertThat(get(preferences.of(recipient()))).isEqualTo(Preference.NONE);
        assertThat(get(recipients.find(scope, USER)).orElseThrow().pdfProtected()).isNull();
    }

    @Test
    void aPasswordThatWasStoredWithTheDeletedRecipientIsNotKeptEither() {
        delete();
        world.sql("UPDATE recipient SET pdf_password = 'k1:secret' WHERE tenant_id = ?", tenant.id());
        store(Way.UPLOAD);

        assertThat(get(recipients.find(scope, USER)).orElseThrow().pdfProtected()).isNull();
    }

    @Test
    void choicesThatAreStoredAfterTheDeletionAreRefused() {
        var me = recipient();
        delete();

        assertThat(get(preferences.put(me, USER, new Preference(null, "fr", null, List.of()), "test"))).isEmpty();
        assertThat(world.count("SELECT COUNT(*) FROM preference WHERE tenant_id = ?", tenant.id())).isZero();
    }

    @Test
    void aRecipientThatIsSwitchedOffAndOnIsTheSamePerson() {
        get(preferences.put(recipient(), USER, new Preference(null, null, null, List.of("plain")), "test"));
        world.sql("UPDATE recipient SET pdf_password = 'k1:secret' WHERE tenant_id = ?", tenant.id());

        get(changes.put(scope, person(false), "test"));
        assertThat(get(request())).isEmpty();
        get(changes.put(scope, person(true), "test"));

        assertThat(get(preferences.of(recipient())).unsubscribed()).containsExactly("plain");
        assertThat(get(recipients.find(scope, USER)).orElseThrow().pdfProtected()).isTrue();
    }

    @Test
    void aRecipientThatIsSwitchedOffAndThenDeletedIsAnotherPersonAfterwards() {
        get(preferences.put(recipient(), USER, new Preference(null, null, null, List.of("plain")), "test"));
        get(changes.put(scope, person(false), "test"));

        delete();
        delete();
        get(changes.put(scope, person(false), "test"));
        store(Way.PUT);

        assertThat(get(preferences.of(recipient()))).isEqualTo(Preference.NONE);
        assertThat(world.rows("SELECT action FROM audit_event WHERE tenant_id = ? AND action = 'recipient.ended'", tenant.id())).hasSize(1);
    }

    private void delete() {
        assertThat(get(changes.end(scope, USER, "test"))).isTrue();
    }

    private void store(Way way) {
        switch (way) {
            case POST -> assertThat(get(changes.create(scope, person(true), "test"))).isPresent();
            case PUT -> get(changes.put(scope, person(true), "test"));
            case UPLOAD -> get(changes.upsertAll(scope, clock.instant(), List.of(person(true)), "test"));
        }
    }

    private Recipient person(boolean active) {
        return new Recipient(0, USER, "Bob", newAddress, null, List.of(), active, null, null);
    }

    private OfRecipient recipient() {
        return new OfRecipient(tenant.id(), get(recipients.find(scope, USER)).orElseThrow().id());
    }
}
