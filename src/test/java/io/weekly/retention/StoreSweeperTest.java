package io.weekly.retention;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.store.ReportStore;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class StoreSweeperTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    StoreSweeper sweeper;

    @Inject
    StoreSweeps sweeps;

    @Inject
    ReportStore store;

    private TenantRow tenant;
    private String report;

    @BeforeEach
    void aReportWithFiles() {
        tenant = world.tenant();
        world.recipients(tenant, 1, "ann");
        report = stored.delivered(tenant, "u-ann-0", 1);
    }

    @Test
    void aFileThatALaterAttemptReplacedIsDeletedWhenItIsADayOld() throws IOException {
        var replaced = put(report);
        var fresh = put(report);
        makeOld(replaced);
        for (var file : stored.inStore(report)) {
            makeOld(file);
        }

        get(sweeper.sweep());

        assertThat(replaced).doesNotExist();
        assertThat(fresh).exists();
        assertThat(stored.inStore(report)).hasSize(2);
    }

    @Test
    void filesOfAReportWithoutRowsAreDeleted() throws IOException {
        var file = put(report);
        makeOld(file);
        world.sql("DELETE FROM file WHERE report_id = UNHEX(?)", report);

        get(sweeper.sweep());

        assertThat(file).doesNotExist();
    }

    @Test
    void aFileWhoseDeletionWasRecordedButDidNotLastIsDeleted() throws IOException {
        var file = stored.inStore(report).getFirst();
        makeOld(file);
        world.sql("UPDATE file SET deleted_at = NOW(6) WHERE report_id = UNHEX(?)", report);

        get(sweeper.sweep());

        assertThat(file).doesNotExist();
    }

    @Test
    void filesUnderTheSlugOfEarlierVersionsAreKeptAndSwept() throws IOException {
        var folder = Files.createDirectories(store.root().resolve(tenant.slug() + "/2026-W40"));
        var needed = Files.writeString(folder.resolve(report + ".2a916d83fa20.xlsx"), "x");
        var orphan = Files.writeString(folder.resolve(report + ".3b916d83fa20.xlsx"), "x");
        makeOld(needed);
        makeOld(orphan);
        world.sql("UPDATE file SET path = ? WHERE report_id = UNHEX(?) AND format = 'pdf'",
                tenant.slug() + "/2026-W40/" + needed.getFileName(), report);

        get(sweeper.sweep());

        assertThat(needed).exists();
        assertThat(orphan).doesNotExist();
    }

    @Test
    void temporaryFilesAreDeletedWhenTheyAreADayOld() throws IOException {
        var folder = Files.createDirectories(store.root().resolve(tenant.id() + "/2026-W41"));
        var old = Files.createTempFile(folder, ".", ".part");
        var fresh = Files.createTempFile(folder, ".", ".part");
        makeOld(old);

        get(sweeper.sweep());

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void filesOfOtherDatabasesAreLeftAlone() throws IOException {
        var other = put(StoredReports.id());
        var notes = Files.writeString(store.root().resolve(tenant.id() + "/notes.txt"), "x");
        makeOld(other);
        makeOld(notes);

        get(sweeper.sweep());

        assertThat(other).exists();
        assertThat(notes).exists();
    }

    @Test
    void twoProcessesSweepAtTheSameTime() throws Exception {
        for (var i = 0; i < 30; i++) {
            makeOld(put(report));
        }

        Concurrently.times(3, () -> get(sweeper.sweep()));

        try (var files = Files.list(store.root().resolve(tenant.id() + "/2026-W40"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void oneProcessTakesEachSearch() throws Exception {
        world.sql("UPDATE store_sweep SET next_at = NOW(6) - INTERVAL 1 SECOND");

        assertThat(Concurrently.times(8, () -> get(sweeps.take(Duration.ofHours(1))))).containsOnlyOnce(true);
        assertThat(get(sweeps.take(Duration.ofHours(1)))).isFalse();
    }

    private Path put(String ofReport) {
        return store.root().resolve(store.put(tenant.id(), "2026-W40", ofReport, "csv", new byte[] {1}).path());
    }

    private static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    }
}
