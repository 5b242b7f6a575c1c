package io.weekly.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.store.StoreListing.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreListingTest {

    private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    Path folder;

    @Test
    void allFilesAreListedAFewAtATime() throws IOException {
        for (var i = 0; i < 25; i++) {
            file("%d/2026-W4%d/%d.pdf".formatted(i % 3, i % 2, i));
        }

        try (var listing = listing()) {
            var paths = new ArrayList<String>();
            for (var batch = listing.next(10); !batch.isEmpty(); batch = listing.next(10)) {
                assertThat(batch).hasSizeLessThanOrEqualTo(10);
                batch.stream().map(Found::path).forEach(paths::add);
            }
            assertThat(paths).hasSize(25).doesNotHaveDuplicates().contains("1/2026-W41/1.pdf", "0/2026-W40/24.pdf");
        }
    }

    @Test
    void filesThatAreDeletedDuringTheWalkAreNoFailure() throws IOException {
        for (var i = 0; i < 20; i++) {
            file("42/2026-W47/%d.pdf".formatted(i));
        }

        try (var listing = listing()) {
            assertThat(listing.next(5)).hasSize(5);
            for (var i = 0; i < 20; i++) {
                Files.delete(folder.resolve("files/42/2026-W47/%d.pdf".formatted(i)));
            }
            assertThat(listing.next(100)).isEmpty();
        }
    }

    @Test
    void aStoreThatIsNotThereHasNoFiles() {
        try (var listing = listing()) {
            assertThat(listing.next(10)).isEmpty();
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        file("42/2026-W47/a.pdf");
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("b.pdf"), "x");
        Files.createSymbolicLink(folder.resolve("files/42/link"), outside);
        Files.createSymbolicLink(folder.resolve("files/42/link.pdf"), outside.resolve("b.pdf"));

        assertThat(all()).extracting(Found::path).containsExactly("42/2026-W47/a.pdf");
    }

    @Test
    void emptyFoldersAreRemovedWhenTheyAreOld() throws IOException {
        var old = Files.createDirectories(folder.resolve("files/41/2026-W01"));
        Files.setLastModifiedTime(old, FileTime.from(YESTERDAY.minusSeconds(60)));
        Files.createDirectories(folder.resolve("files/42/2026-W47"));
        file("43/2026-W47/a.pdf");
        Files.setLastModifiedTime(folder.resolve("files/43/2026-W47"), FileTime.from(YESTERDAY.minusSeconds(60)));

        assertThat(all()).hasSize(1);

        assertThat(old).doesNotExist();
        assertThat(folder.resolve("files/42/2026-W47")).exists();
        assertThat(folder.resolve("files/43/2026-W47/a.pdf")).exists();
    }

    private void file(String path) throws IOException {
        var file = folder.resolve("files").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private StoreListing listing() {
        return new ReportStore(new TestStoreConfig(folder.resolve("files"))).list(YESTERDAY);
    }

    private List<Found> all() {
        try (var listing = listing()) {
            return listing.next(1000);
        }
    }
}
