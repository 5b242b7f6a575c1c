package io.weekly.delivery.inbound;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import io.weekly.report.Report;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes between the time when the mail of an event is found and the lock of its report, and which mails are found. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class InboundEventsTest {

    private static final String SES_ID = "0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f90%d-000000";

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @Inject
    InboundEvents events;

    @Inject
    MailMatches matches;

    @Inject
    Deliveries deliveries;

    @Inject
    Database database;

    private Report report;

    @BeforeEach
    void aDeliveredReport() {
        report = delivered.one();
    }

    private static InboundEvent bounce(Report report, String... serverIds) {
        var names = new MailNames(List.of(report.delivery().messageId()), List.of(), List.of(serverIds));
        var reply = new MailReply(Route.PROVIDER, Step.LATER, 0, "5.1.1", "550 5.1.1 no such user");
        return new InboundEvent(Source.SES, UUID.randomUUID().toString(), Type.BOUNCE, names, List.of(), reply, null, null);
    }

    private MailMatch match() {
        return ((MailMatches.Found.One) get(matches.find(bounce(report)))).match();
    }

    @Test
    void aPersonWhoIsErasedMeanwhileIsNotNamedAgain() {
        var match = match();
        world.sql("UPDATE delivery SET address = '', reply = NULL WHERE report_id = UNHEX(?)", report.id());

        assertThat(get(events.ofMail(bounce(report), match))).isEqualTo(InboundResult.UNKNOWN_MAIL);

        assertThat(world.one("SELECT reply FROM delivery WHERE report_id = UNHEX(?)", report.id()).getString(0)).isNull();
        assertThat(delivered.suppressions(report)).isEmpty();
    }

    @Test
    void aTenantThatEndsMeanwhileGetsNoEvents() {
        var ended = delivered.run(1);
        report = ended.first();
        var match = match();
        world.sql("UPDATE tenant SET ended_at = NOW(6) WHERE id = ?", ended.tenant().id());

        assertThat(get(events.ofMail(bounce(report), match))).isEqualTo(InboundResult.UNKNOWN_MAIL);
        assertThat(get(events.apply(bounce(report)))).isEqualTo(InboundResult.UNKNOWN_MAIL);
        assertThat(delivered.suppressions(report)).isEmpty();
    }

    /** The report waits for its next attempt, so it could still end in another way. */
    @Test
    void aSecondCopyOfABounceDoesNotEndARetriedReport() {
        assertThat(get(events.apply(bounce(report)))).isEqualTo(InboundResult.APPLIED);
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            SELECT 'deliver', 'scheduled', 1, 0, tenant_id, id, 1, NOW(6) + INTERVAL 1 HOUR, TRUE, NOW(6)
            FROM report WHERE id = UNHEX(?)""", report.id());

        assertThat(get(events.apply(bounce(report)))).isEqualTo(InboundResult.DECIDED);

        assertThat(world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?)", report.id())).isEqualTo(1);
    }

    @Test
    void aSampleToAFullMailboxDoesNotCount() {
        world.sql("UPDATE report SET mail_to = ? WHERE id = UNHEX(?)", report.delivery().to(), report.id());
        var event = bounce(report);

        assertThat(get(events.apply(new InboundEvent(
                        event.source(), event.id(), event.type(), event.mail(), List.of(), event.reply(), ReplyClass.MAILBOX_FULL, null))))
                .isEqualTo(InboundResult.APPLIED);

        assertThat(delivered.softBounces(report)).isZero();
    }

    @Test
    void aDeliveryThatWasOnlyRequestedHasNoMail() {
        world.sql("""
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at)
            SELECT tenant_id, report_id, 2, mode, address, '<two@localhost>', 0, FALSE, began_at
            FROM delivery WHERE report_id = UNHEX(?)""", report.id());

        assertThat(match(new DeliveryReference(report.id(), 2))).isInstanceOf(MailMatches.Found.None.class);
        assertThat(match(DeliveryReference.latest(report.id()))).isInstanceOfSatisfying(MailMatches.Found.One.class, found ->
                assertThat(found.match().delivery().number()).isEqualTo(1));
    }

    private MailMatches.Found match(DeliveryReference reference) {
        var names = new MailNames(List.of(), List.of(reference), List.of());
        var event = bounce(report);
        return get(matches.find(new InboundEvent(
                event.source(), event.id(), event.type(), names, event.recipients(), event.reply(), null, null)));
    }

    /** Amazon SES is faster with the bounce than this service with the end of its dialogue. */
    @Test
    void theNextAttemptDoesNotHaveTheIdOfTheEarlierOne() {
        world.sql("UPDATE delivery SET server_id = ? WHERE report_id = UNHEX(?)", SES_ID.formatted(1), report.id());
        var match = match();
        get(database.transaction(transaction -> deliveries.begin(transaction, new Deliveries.Begin(
                match.tenantId(), report.id(), 1, "attachment", match.address(), report.delivery().messageId(), false, Instant.now()))));

        assertThat(get(events.ofMail(bounce(report, SES_ID.formatted(2)), match))).isEqualTo(InboundResult.APPLIED);
    }
}
