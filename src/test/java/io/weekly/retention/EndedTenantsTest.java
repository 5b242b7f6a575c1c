package io.weekly.retention;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.store.encryption.EncryptedReports;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class EndedTenantsTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    EncryptedReports reports;

    @Inject
    EndedTenants tenants;

    private TenantRow tenant;
    private String domain;
    private String report;

    @BeforeEach
    void aTenantWithReports() {
        tenant = world.tenant();
        // All addresses of the tenant end with it.
        domain = "@" + tenant.slug() + ".test";
        world.recipients(tenant, 3, "ann");
        world.figures(tenant);
        world.sql("UPDATE tenant SET sender_name = 'Ann', reply_to = ?, fallback_address = ? WHERE id = ?", "boss" + domain,
                "fallback" + domain, tenant.id());
        report = stored.delivered(tenant, "u-ann-0", 30);
    }

    @Test
    void filesAndPersonalDataGoAfterTheGraceAndTheReportsStay() {
        var run = TestReports.startedRun(tenant.slug());
        world.sql("UPDATE run SET owner = ? WHERE id = UNHEX(?)", "boss" + domain, run);
        var before = asOperator().get("/api/v1/runs/" + run + "/ledger").then().statusCode(200).extract().asString();
        asOperator().delete(TENANTS + "/" + tenant.slug()).then().statusCode(204);
        endedDaysAgo(29);

        get(tenants.erase());
        assertThat(stored.inStore(report)).hasSize(2);
        assertThat(Traces.of(world, domain)).contains("recipient.email", "delivery.address", "tenant.reply_to", "run.owner");

        endedDaysAgo(31);
        get(tenants.erase());

        assertThat(stored.inStore(report)).isEmpty();
        assertThat(Traces.of(world, domain)).isEmpty();
        for (var table : new String[] {"metric", "preference", "logo"}) {
            assertThat(world.count("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?", tenant.id())).as(table).isZero();
        }
        assertThat(world.events(Integer.toString(tenant.id()))).containsExactly("tenant.erased");
        asOperator().get("/api/v1/reports/" + report).then().statusCode(200).body("status", equalTo("delivered"));
        assertThat(asOperator().get("/api/v1/runs/" + run + "/ledger").asString()).isEqualTo(before);
    }

    @Test
    void itsKeySetIsDeletedWhenItsFilesAreDeleted() {
        var encrypted = reports.withPdf(tenant, new byte[] {1});
        stored.job(tenant, encrypted, "leased");
        world.sql("UPDATE tenant SET ended_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?", tenant.id());

        get(tenants.erase());
        assertThat(keySets()).isOne();

        stored.jobEnds(encrypted);
        get(tenants.erase());
        assertThat(reports.onDisk(encrypted, "pdf")).doesNotExist();
        assertThat(keySets()).isZero();
    }

    private int keySets() {
        return world.count("SELECT COUNT(*) FROM file_keys WHERE tenant_id = ?", tenant.id());
    }

    @Test
    void anActiveTenantAndANewOneWithTheSameSlugKeepEverything() {
        asOperator().delete(TENANTS + "/" + tenant.slug()).then().statusCode(204);
        endedDaysAgo(31);
        var heir = world.tenant();
        world.sql("UPDATE tenant SET slug = ? WHERE id = ?", tenant.slug(), heir.id());
        world.recipients(heir, 1, "eve");
        var inherited = stored.delivered(heir, "u-eve-0", 30);

        get(tenants.erase());

        assertThat(stored.inStore(report)).isEmpty();
        assertThat(stored.inStore(inherited)).hasSize(2);
        assertThat(world.count("SELECT COUNT(*) FROM recipient WHERE tenant_id = ? AND user_id = 'u-eve-0'", heir.id())).isOne();
    }

    @Test
    void anErasureWaitsForTheWorkerThatIsAtAReport() {
        stored.job(tenant, report, "leased");
        world.sql("UPDATE tenant SET ended_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?", tenant.id());

        get(tenants.erase());
        assertThat(world.events(Integer.toString(tenant.id()))).isEmpty();

        stored.jobEnds(report);
        get(tenants.erase());
        assertThat(world.events(Integer.toString(tenant.id()))).containsExactly("tenant.erased");
    }

    @Test
    void tenantsThatCannotBeErasedDoNotKeepOthersWaiting() {
        var busy = IntStream.range(0, 20).mapToObj(_ -> busyTenantThatEndedBefore()).toList();
        endedDaysAgo(31);

        get(tenants.erase());

        assertThat(world.events(Integer.toString(tenant.id()))).containsExactly("tenant.erased");
        busy.forEach(stored::jobEnds);
    }

    /** Returns its report. */
    private String busyTenantThatEndedBefore() {
        var busy = world.tenant();
        world.recipients(busy, 1, "ann");
        var itsReport = stored.delivered(busy, "u-ann-0", 30);
        stored.job(busy, itsReport, "leased");
        world.sql("UPDATE tenant SET ended_at = NOW(6) - INTERVAL 40 DAY WHERE id = ?", busy.id());
        return itsReport;
    }

    @Test
    void twoProcessesFinishOnce() throws Exception {
        world.sql("UPDATE tenant SET ended_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?", tenant.id());

        Concurrently.times(4, () -> get(tenants.erase()));

        assertThat(world.events(Integer.toString(tenant.id()))).containsExactly("tenant.erased");
        assertThat(Traces.of(world, domain)).isEmpty();
    }

    private void endedDaysAgo(int days) {
        world.sql("UPDATE tenant SET ended_at = NOW(6) - INTERVAL ? DAY WHERE id = ?", days, tenant.id());
    }
}
