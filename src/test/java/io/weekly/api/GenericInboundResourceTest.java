package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in the service's own form. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class GenericInboundResourceTest {

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @Test
    void eachEventIsAnsweredInItsOrder() {
        var reports = delivered.run(3).reports();

        Inbound.events(
                        Map.of("type", "bounce", "messageId", reports.get(0).delivery().messageId(), "status", "5.1.1"),
                        Map.of("type", "complaint", "report", reports.get(1).id() + ".1"),
                        Map.of("type", "bounce", "report", reports.get(2).id(), "code", 550, "diagnostic", "550 5.7.1 blocked"),
                        Map.of("type", "bounce", "report", "0".repeat(32)),
                        Map.of("type", "deferred", "report", reports.get(2).id()))
                .statusCode(200)
                .body("applied", equalTo(3))
                .body("ignored", equalTo(2))
                .body("items.result", equalTo(List.of("applied", "applied", "applied", "unknown-mail", "nothing-to-do")));

        assertThat(world.report(reports.get(0).id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(world.report(reports.get(1).id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(delivered.suppressions(reports.get(1))).containsExactly("complained");
        assertThat(world.report(reports.get(2).id()).status()).isEqualTo(ReportStatus.FAILED);
    }

    /** The mail server of the test uses the address as the id. */
    @Test
    void theIdInTheReplyOfTheMailServerNamesTheMail() {
        var reports = delivered.run(2, "id").reports();
        var id = reports.get(0).delivery().to();

        Inbound.events(Map.of("type", "bounce", "serverId", id, "status", "5.1.1")).statusCode(200).body("applied", equalTo(1));
        Inbound.events(Map.of("type", "bounce", "serverId", id + "x", "status", "5.1.1")).body("items[0].result", equalTo("unknown-mail"));

        assertThat(world.report(reports.get(0).id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(world.report(reports.get(1).id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    /** Mail servers use short ids again. */
    @Test
    void ifAnIdBelongsToSeveralMailsTheRecipientDecides() {
        var reports = delivered.run(2).reports();
        var id = UUID.randomUUID().toString();
        reports.forEach(report -> world.sql("UPDATE delivery SET server_id = ? WHERE report_id = UNHEX(?)", id, report.id()));

        Inbound.events(Map.of("type", "bounce", "serverId", id, "status", "5.1.1")).body("items[0].result", equalTo("contradictory"));
        Inbound.events(Map.of("type", "bounce", "serverId", id, "status", "5.1.1", "recipient", reports.get(1).delivery().to()))
                .body("items[0].result", equalTo("applied"));

        assertThat(world.report(reports.get(0).id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(world.report(reports.get(1).id()).status()).isEqualTo(ReportStatus.BOUNCED);
    }

    /** Attempts of one mail have the same Message-ID, and each has an id of its own at Amazon SES. */
    @Test
    void anotherIdOfSesIsAnEarlierAttempt() {
        var report = delivered.one();
        var id = "0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f90%d-000000";
        world.sql("UPDATE delivery SET server_id = ? WHERE report_id = UNHEX(?)", id.formatted(2), report.id());

        Inbound.events(Map.of("type", "bounce", "report", report.id(), "serverId", id.formatted(1), "status", "5.1.1"))
                .body("items[0].result", equalTo("decided"));
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);

        Inbound.events(Map.of("type", "complaint", "report", report.id(), "serverId", id.formatted(1)))
                .body("items[0].result", equalTo("applied"));
        Inbound.events(Map.of("type", "bounce", "report", report.id(), "serverId", id.formatted(2), "status", "5.1.1"))
                .body("items[0].result", equalTo("applied"));
    }

    /** The relay gave the mail its own id, and the provider behind it another one. */
    @Test
    void behindARelayTheIdsAreNotCompared() {
        var report = delivered.one();
        world.sql("UPDATE delivery SET server_id = '4Qx1Zt2bN9z1' WHERE report_id = UNHEX(?)", report.id());

        Inbound.events(Map.of("type", "bounce", "report", report.id(), "serverId", "0102018c2d3e4f5a-x", "status", "5.1.1"))
                .body("items[0].result", equalTo("applied"));
    }

    @Test
    void anEventWithoutAnIdIsRepeatedIfItIsEqual() {
        var report = delivered.one();
        var event = Map.<String, Object>of("type", "complaint", "report", report.id());

        Inbound.events(event, event).body("items.result", equalTo(List.of("applied", "repeated")));
        Inbound.events(Map.of("type", "complaint", "report", report.id(), "id", "7")).body("items[0].result", equalTo("applied"));
        Inbound.events(Map.of("type", "delivered", "report", report.id(), "id", "7")).body("items[0].result", equalTo("repeated"));
    }

    @Test
    void aMailThatArrivedEndsAFullMailboxOfItsWeek() {
        var report = delivered.one();
        world.sql("""
            INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at)
            SELECT tenant_id, ?, period, FALSE, NOW(6) - INTERVAL 1 DAY
            FROM report WHERE id = UNHEX(?)""", report.delivery().to(), report.id());

        Inbound.events(Map.of("type", "delivered", "report", report.id())).body("applied", equalTo(1));

        assertThat(delivered.softBounces(report)).isZero();
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    @Test
    void aMailThatArrivedEndsAReportOfWhichNobodyKnewIt() {
        var report = delivered.one();
        world.sql("UPDATE report SET status = 'unknown', delivered_at = NULL WHERE id = UNHEX(?)", report.id());

        Inbound.events(Map.of("type", "delivered", "report", report.id())).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(world.report(report.id()).deliveredAt()).isNotNull();
    }

    @Test
    void anInternationalDomainMatchesItsAsciiForm() {
        var reports = delivered.run(2).reports();
        reports.forEach(report ->
                world.sql("UPDATE delivery SET address = 'Bea@xn--mller-kva.example' WHERE report_id = UNHEX(?)", report.id()));

        Inbound.events(
                        Map.of("type", "bounce", "report", reports.get(0).id(), "recipient", "bea@müller.example", "status", "5.1.1"),
                        Map.of("type", "bounce", "report", reports.get(1).id(), "recipient", "bea@muller.example", "status", "5.1.1"))
                .body("items.result", equalTo(List.of("applied", "other-recipient")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                                                       | events",
        "{\"events\": []}                                                         | events",
        "{\"events\": [null]}                                                     | events[0]",
        "{\"events\": [{}]}                                                       | events[0].named",
        "{\"events\": [{\"type\": \"bounce\", \"recipient\": \"a@b.test\"}]}       | events[0].named",
        "{\"events\": [{\"type\": \"other\", \"serverId\": \"x\"}]}                | events[0].type",
        "{\"events\": [{\"type\": \"bounce\", \"report\": \"x\"}]}                 | events[0].report",
        "{\"events\": [{\"type\": \"bounce\", \"serverId\": \"x\", \"code\": 9}]}  | events[0].code",
        "{\"events\": [{\"type\": \"bounce\", \"serverId\": \"x\", \"status\": \"x\"}]} | events[0].status",
        "{\"events\": [{\"type\": \"bounce\", \"serverId\": \"x\", \"at\": 1}]}    | events[0].at",
        "{\"events\": [{\"type\": \"bounce\", \"serverId\": \"x\", \"more\": 1}]}  | events[0].more"
    })
    void theFieldThatIsWrongIsNamed(String json, String field) {
        var body = json.getBytes(StandardCharsets.UTF_8);

        Inbound.post("generic", "application/json", body, Inbound.signature(Inbound.GENERIC_SECRET, body))
                .statusCode(422).body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"events\": [}"})
    void aBodyThatIsNoObjectIsRefused(String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);

        Inbound.post("generic", "application/json", body, Inbound.signature(Inbound.GENERIC_SECRET, body)).statusCode(400);
    }

    @Test
    void aListIsBoundedAndSigned() {
        var event = Map.<String, Object>of("type", "bounce", "serverId", "no-such-mail");

        Inbound.events(Collections.nCopies(500, event).toArray()).statusCode(200).body("ignored", equalTo(500));
        Inbound.events(Collections.nCopies(501, event).toArray()).statusCode(422);

        var body = "{\"events\": []}".getBytes(StandardCharsets.UTF_8);
        Inbound.post("generic", "application/json", body, Inbound.signature(Inbound.DSN_SECRET, body)).statusCode(403);
        Inbound.post("generic", "application/json", body, null).statusCode(403);
    }
}
