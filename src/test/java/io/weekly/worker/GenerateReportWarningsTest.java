package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.buffer.Buffer;
import io.weekly.audit.Sha256;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportVerbs;
import io.weekly.run.RunStart;
import io.weekly.run.Runs;
import io.weekly.tenant.Scope;
import io.weekly.tenant.logo.Images;
import io.weekly.testing.Api;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import io.weekly.text.Warning;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that are delivered although their reader does not see all of them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class GenerateReportWarningsTest {

    @Inject
    World world;

    @Inject
    RunStart starts;

    @Inject
    Runs runs;

    @Inject
    ReportVerbs verbs;

    private TenantRow tenant;
    private String address;

    @BeforeEach
    void aTenantWithFigures() {
        tenant = world.tenant();
        address = world.recipients(tenant, 1, "ann").getFirst();
        world.figures(tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"شركة النور", "株式会社山田", "חברה"})
    void aNameThatTheFontDoesNotHaveIsAWarningOfTheReportAnEventAndACountOfTheRun(String name) {
        world.sql("UPDATE tenant SET name = ? WHERE id = ?", name, tenant.id());

        var run = run("weekly-business");
        var report = world.ended(run, 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("missing-characters");
            assertThat(warning.message()).contains("the report", name.substring(0, 1));
        });
        assertThat(world.events(report.id())).containsSubsequence("report.generated", "report.warned", "report.delivered");
        assertThat(get(runs.find(scope(), run)).orElseThrow().reportsWithWarnings()).isEqualTo(1);
        Api.asAdmin(tenant.slug()).get("/api/v1/reports/" + report.id()).then().statusCode(200)
                .body("warnings[0].code", equalTo("missing-characters"));
        Api.asAdmin(tenant.slug()).get("/api/v1/runs/" + run).then().statusCode(200).body("reportsWithWarnings", equalTo(1));
    }

    @Test
    void aReportThatShowsEverythingHasNoWarning() {
        var run = run("weekly-business");
        var report = world.ended(run, 1).getFirst();

        assertThat(report.warnings()).isEmpty();
        assertThat(world.events(report.id())).doesNotContain("report.warned");
        assertThat(get(runs.find(scope(), run)).orElseThrow().reportsWithWarnings()).isZero();
        Api.asAdmin(tenant.slug()).get("/api/v1/reports/" + report.id()).then().statusCode(200).body("warnings", empty());
    }

    @Test
    void aReportThatIsMadeAgainLosesItsOldWarnings() {
        world.sql("UPDATE tenant SET name = '山田' WHERE id = ?", tenant.id());
        var run = run("weekly-business");
        var report = world.ended(run, 1).getFirst();
        world.sql("UPDATE tenant SET name = 'Yamada' WHERE id = ?", tenant.id());
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE report_id = UNHEX(?)", report.id());
        world.sql("UPDATE report SET status = 'failed' WHERE id = UNHEX(?)", report.id());

        assertThat(get(verbs.retry(scope(), report.id(), "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());
        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(address).size() == 2);

        assertThat(world.ended(report.id()).warnings()).isEmpty();
        assertThat(get(runs.find(scope(), run)).orElseThrow().reportsWithWarnings()).isZero();
    }

    @Test
    void aLogoThatCannotBeDrawnIsAWarning() {
        logo("image/png", "no image".getBytes(StandardCharsets.UTF_8));

        assertThat(world.ended(run("weekly-business"), 1).getFirst().warnings()).containsExactly(new Warning("logo-left-out",
                "The report shows no logo, because the logo of the tenant cannot be drawn. Upload another one."));
        // A definition without a place for the logo leaves nothing out.
        assertThat(world.ended(run("empty-note"), 1).getFirst().warnings()).isEmpty();
    }

    @Test
    void aLogoThatTheMailLeavesOutIsAWarning() {
        logo("image/svg+xml", Images.svg("<path d='M0 0H9V9z'/>").getBytes(StandardCharsets.UTF_8));
        assertThat(warnings(DeliveryMode.ATTACHMENT)).containsExactly(new Warning("logo-left-out",
                "The mail shows no logo, because mail programs do not show SVG. Upload a PNG or JPEG of at most 64 KB."));

        var large = Images.noise(200, 200);
        logo("image/png", large);
        assertThat(warnings(DeliveryMode.ATTACHMENT)).containsExactly(new Warning("logo-left-out",
                "The mail shows no logo, because the logo has %d bytes. Upload a PNG or JPEG of at most 64 KB.".formatted(large.length)));
        assertThat(warnings(DeliveryMode.NONE)).isEmpty();

        logo("image/png", Images.png(200, 40));
        assertThat(warnings(DeliveryMode.ATTACHMENT)).isEmpty();
    }

    private List<Warning> warnings(DeliveryMode delivery) {
        world.sql("DELETE FROM report WHERE tenant_id = ?", tenant.id());
        world.sql("DELETE FROM run WHERE tenant_id = ?", tenant.id());
        return world.ended(get(starts.byHand(world.order(tenant, "weekly-business", delivery))), 1).getFirst().warnings();
    }

    private void logo(String mediaType, byte[] bytes) {
        world.sql("REPLACE INTO logo (tenant_id, media_type, bytes, sha256, updated_at) VALUES (?, ?, ?, ?, NOW(6))",
                tenant.id(), mediaType, Buffer.buffer(bytes), Sha256.hex(bytes));
    }

    private String run(String definition) {
        return get(starts.byHand(world.order(tenant, definition, DeliveryMode.ATTACHMENT)));
    }

    private Scope scope() {
        return new Scope.OfTenant(tenant.id());
    }
}
