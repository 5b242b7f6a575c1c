package io.weekly.worker;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportRequests;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportVerbs;
import io.weekly.run.Ledger;
import io.weekly.run.Ledgers;
import io.weekly.run.RunStart;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A report without figures: skipped, or sent as a note. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class GenerateReportWhenEmptyTest {

    private static final String REPORTS = "/api/v1/reports/";

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Ledgers ledgers;

    @Inject
    ReportRequests requests;

    @Inject
    ReportVerbs verbs;

    private TenantRow tenant;
    private String address;

    @BeforeEach
    void aTenantWithoutFigures() {
        tenant = world.tenant();
        address = world.recipients(tenant, 1, "ann").getFirst();
    }

    @Test
    void aSkippedReportSaysWhyAndSendsNothing() {
        var run = run("empty-skip");
        var report = world.ended(run, 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.SKIPPED);
        assertThat(report.error()).isEqualTo("there is nothing to report for 2026-W40: no rows in rows");
        assertThat(report.files()).isEmpty();
        assertThat(TestMail.to(address)).isEmpty();
        assertThat(get(ledgers.find(tenantScope(), run))).contains(Ledger.of(1, true, Map.of("skipped", 1)));
        assertThat(world.events(report.id())).containsExactly("report.skipped");
    }

    @Test
    void aNoteIsOnlyAMailInTheLanguageOfTheReader() {
        world.sql("UPDATE recipient SET locale = 'de' WHERE tenant_id = ?", tenant.id());

        var run = run("empty-note");
        var report = world.ended(run, 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.files()).isEmpty();
        assertThat(TestMail.to(address)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Tenant " + tenant.slug() + " 2026-W40");
            assertThat(mail.text()).contains("für die Woche vom 28. September 2026 bis 4. Oktober 2026 liegen keine Zahlen vor");
            assertThat(mail.html()).contains("liegen keine Zahlen vor", "#0a66c2");
            assertThat(mail.attachments()).isEmpty();
        });
        assertThat(get(ledgers.find(tenantScope(), run))).contains(Ledger.of(1, true, Map.of("delivered", 1)));
    }

    @Test
    void aNoteHasNoFileToFetch() {
        var report = requested("empty-note");

        assertThat(report.status()).isEqualTo(ReportStatus.GENERATED);
        var admin = TestTokens.tenantAdmin(tenant.slug(), "admin");
        given().auth().oauth2(admin).get(REPORTS + report.id()).then().statusCode(200).body("files", empty());
        given().auth().oauth2(admin).get(REPORTS + report.id() + "/files/pdf").then().statusCode(404);
        given().auth().oauth2(admin).get(REPORTS + report.id() + "/files/mail").then().statusCode(404);
    }

    @Test
    void aNoteIsSentAgainWhenSomebodyAsks() {
        var report = world.ended(run("empty-note"), 1).getFirst();

        assertThat(get(verbs.deliver(tenantScope(), report.id(), "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());

        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(address).size() == 2);
        assertThat(TestMail.to(address)).allSatisfy(mail -> assertThat(mail.attachments()).isEmpty());
    }

    @Test
    void aReportWithFiguresIsAnOrdinaryReport() {
        world.figures(tenant);

        var report = world.ended(run("empty-note"), 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.files()).extracting(Report.File::format).containsExactly("pdf");
        assertThat(TestMail.to(address)).singleElement().satisfies(mail -> assertThat(mail.attachments()).hasSize(1));
    }

    /** The files had expired; the figures were wrong and have been deleted. */
    @Test
    void aNoteDoesNotAttachAnOldPdf() {
        world.figures(tenant);
        var report = world.ended(run("empty-note"), 1).getFirst();
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE report_id = UNHEX(?)", report.id());
        world.sql("DELETE FROM metric WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE report SET status = 'failed' WHERE id = UNHEX(?)", report.id());

        assertThat(get(verbs.retry(tenantScope(), report.id(), "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());
        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(address).size() == 2);

        assertThat(TestMail.to(address).getFirst().attachments()).isEmpty();
        assertThat(world.ended(report.id()).files()).isEmpty();
    }

    /** The old files had expired; then a password was set, or the recipient chose other formats. */
    @Test
    void aReportInFewerFormatsDoesNotAttachAnOldSheet() {
        world.figures(tenant);
        world.sql("""
            INSERT INTO preference (tenant_id, recipient_id, formats, unsubscribed, updated_at)
            SELECT tenant_id, id, 'pdf,xlsx', '[]', NOW(6) FROM recipient WHERE tenant_id = ?""", tenant.id());
        var report = world.ended(run("weekly-business"), 1).getFirst();
        assertThat(report.files()).extracting(Report.File::format).containsExactly("pdf", "xlsx");
        world.sql("UPDATE preference SET formats = 'pdf' WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE report_id = UNHEX(?)", report.id());
        world.sql("UPDATE report SET status = 'failed' WHERE id = UNHEX(?)", report.id());

        assertThat(get(verbs.retry(tenantScope(), report.id(), "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());
        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(address).size() == 2);

        assertThat(TestMail.to(address)).anySatisfy(mail -> assertThat(mail.attachments()).hasSize(1));
        assertThat(world.ended(report.id()).files()).extracting(Report.File::format).containsExactly("pdf");
    }

    /** The shared datasets of the run were read before there were figures. */
    @Test
    void aSkippedReportIsMadeWhenThereAreFigures() {
        var report = world.ended(run("empty-skip"), 1).getFirst();
        assertThat(report.status()).isEqualTo(ReportStatus.SKIPPED);
        world.figures(tenant);

        assertThat(get(verbs.retry(tenantScope(), report.id(), "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());

        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(address).size() == 1);
        assertThat(world.ended(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    private String run(String definition) {
        return get(runs.byHand(world.order(tenant, definition, DeliveryMode.ATTACHMENT)));
    }

    private Report requested(String definition) {
        var id = get(requests.request(
                tenant.id(), "test", definition, "2026-W40", "u-ann-0", List.of("pdf"), DeliveryMode.NONE)).orElseThrow();
        return world.ended(id);
    }

    private Scope tenantScope() {
        return new Scope.OfTenant(tenant.id());
    }
}
