package io.weekly.retention;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.KeptFiles;
import io.weekly.store.ReportStore;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ExpiredFilesTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    ExpiredFiles expired;

    @Inject
    KeptFiles files;

    @Inject
    FileDeleter deleter;

    @Inject
    ReportStore store;

    @Inject
    RetentionEvents events;

    @Inject
    Clock clock;

    private TenantRow tenant;

    @BeforeEach
    void aTenantWithARecipient() {
        tenant = world.tenant();
        world.recipients(tenant, 1, "ann");
    }

    @Test
    void theFilesOfAReportGoAndItsStatusStays() {
        var report = stored.delivered(tenant, "u-ann-0", -1);
        var other = stored.delivered(tenant, "u-ann-0", 1);

        get(expired.delete());

        assertThat(stored.inStore(report)).isEmpty();
        assertThat(stored.kept(report)).isZero();
        assertThat(stored.inStore(other)).hasSize(2);
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report).then().statusCode(200)
                .body("status", equalTo("delivered"), "files[0].format", equalTo("pdf"), "files[0].expired", equalTo(true));
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(410);
        asAdmin(tenant.slug()).get("/api/v1/reports/" + other + "/files/pdf").then().statusCode(200);
    }

    @Test
    void aFileThatHasJustExpiredIsKeptForOtherClocks() {
        var report = stored.delivered(tenant, "u-ann-0", 0);

        get(expired.delete());

        assertThat(stored.inStore(report)).hasSize(2);
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(410);
    }

    @Test
    void filesThatAreStillToBeMailedAreKept() {
        var report = stored.delivered(tenant, "u-ann-0", -1);
        stored.job(tenant, report, "scheduled");

        get(expired.delete());
        assertThat(stored.inStore(report)).hasSize(2);

        stored.jobEnds(report);
        get(expired.delete());
        assertThat(stored.inStore(report)).isEmpty();
    }

    @Test
    void aDeletionThatWasInterruptedIsFinished() throws IOException {
        var report = stored.delivered(tenant, "u-ann-0", -1);
        for (var file : stored.inStore(report)) {
            // The process dies after this and before the transaction.
            Files.delete(file);
        }

        get(expired.delete());

        assertThat(stored.kept(report)).isZero();
    }

    @Test
    void aReportThatWasGeneratedAgainKeepsItsNewFile() {
        var report = stored.delivered(tenant, "u-ann-0", -1);
        var before = get(files.of(tenant.id(), List.of(report)));
        world.sql("DELETE FROM file WHERE report_id = UNHEX(?)", report);
        var path = stored.file(tenant, report, "pdf", 30);

        // A process that has read the old rows goes on.
        get(deleter.delete(before));

        assertThat(store.find(path)).isPresent();
        assertThat(stored.kept(report)).isOne();
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(200);
    }

    @Test
    void aFileThatTheStoreCannotDeleteStaysAndIsTriedAgainWithoutBlockingOthers() throws IOException {
        var stuck = stored.delivered(tenant, "u-ann-0", -3000);
        var path = "%d/2026-W40/%s.stuck".formatted(tenant.id(), stuck);
        world.sql("UPDATE file SET path = ? WHERE report_id = UNHEX(?) AND format = 'pdf'", path, stuck);
        var folder = Files.createDirectories(store.root().resolve(path));
        var report = stored.delivered(tenant, "u-ann-0", -2);

        get(expired.delete());
        assertThat(stored.kept(stuck)).isOne();
        assertThat(stored.kept(report)).isZero();
        asAdmin(tenant.slug()).get("/api/v1/reports/" + stuck + "/files/pdf").then().statusCode(410);

        Files.delete(folder);
        get(expired.delete());
        get(expired.delete());
        assertThat(stored.kept(stuck)).isZero();
    }

    @Test
    void aStoreThatIsAwayStopsThePassAndTheNextOneGoesOn() throws IOException {
        var report = stored.delivered(tenant, "u-ann-0", -2);
        var away = store.root().resolveSibling("away-" + tenant.slug());
        Files.move(store.root(), away);
        try {
            get(expired.delete());
            assertThat(stored.kept(report)).isEqualTo(2);
        } finally {
            Files.move(away, store.root());
        }

        get(expired.delete());
        get(expired.delete());
        assertThat(stored.kept(report)).isZero();
        assertThat(stored.inStore(report)).isEmpty();
    }

    @Test
    void severalProcessesDeleteAtTheSameTime() throws Exception {
        var reports = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            reports.add(stored.delivered(tenant, "u-ann-0", -1));
        }
        var kept = stored.delivered(tenant, "u-ann-0", 1);

        Concurrently.times(4, () -> get(new ExpiredFiles(files, deleter, events, clock).delete()));

        assertThat(reports).allSatisfy(report -> assertThat(stored.kept(report)).isZero());
        assertThat(reports).allSatisfy(report -> assertThat(stored.inStore(report)).isEmpty());
        assertThat(stored.inStore(kept)).hasSize(2);
    }
}
