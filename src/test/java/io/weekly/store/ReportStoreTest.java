package io.weekly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportStoreTest {

    private static final byte[] PDF = "%PDF-1.7 hello".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private ReportStore store;

    @BeforeEach
    void aStore() {
        store = new ReportStore(new TestStoreConfig(folder.resolve("files")));
    }

    @Test
    void aStoredFileIsReadBackFromItsTenantAndWeek() {
        var put = store.put(42, "2026-W47", "0a1b", "pdf", PDF);

        assertThat(put.path()).startsWith("42/2026-W47/0a1b.").endsWith(".pdf");
        assertThat(put.bytes()).isEqualTo(PDF.length);
        assertThat(put.sha256()).isEqualTo("2a916d83fa20d97c7c3c04cf07b2d3f8d18ea47f59c841a221dd3a81f15fc347");
        assertThat(store.read(put.path())).isEqualTo(PDF);
        assertThat(store.find(put.path())).contains(folder.resolve("files").resolve(put.path()));
    }

    @Test
    void aSecondAttemptWithTheSameContentHasAnotherPath() {
        var first = store.put(42, "2026-W47", "0a1b", "pdf", PDF);
        var second = store.put(42, "2026-W47", "0a1b", "pdf", PDF);
        store.delete(first.path());

        assertThat(second.path()).isNotEqualTo(first.path());
        assertThat(store.read(second.path())).isEqualTo(PDF);
    }

    @Test
    void onlyTheUserOfTheProcessMayReadFoldersAndFiles() throws IOException {
        var put = store.put(42, "2026-W47", "0a1b", "pdf", PDF);

        var file = folder.resolve("files").resolve(put.path());
        assertThat(permissions(file)).isEqualTo("rw-------");
        for (var above = file.getParent(); !above.equals(folder); above = above.getParent()) {
            assertThat(permissions(above)).as(above.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void aFolderThatExistsKeepsItsPermissionsAndIsReportedIfItIsOpen() throws IOException {
        var root = Files.createDirectory(folder.resolve("files"));

        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x--x"));
        assertThat(OwnerOnly.openToAll(root)).contains("rwxr-x--x");
        store.put(42, "2026-W47", "0a1b", "pdf", PDF);
        assertThat(permissions(root)).isEqualTo("rwxr-x--x");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(OwnerOnly.openToAll(root)).isEmpty();
        assertThat(OwnerOnly.openToAll(folder.resolve("none"))).isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void errorsContainNoPathOfTheMachine() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/42"), "a file where a folder has to be");

        assertThatThrownBy(() -> store.read("globex/2026-W47/gone.pdf"))
                .hasMessage("could not read globex/2026-W47/gone.pdf: it is not there");
        assertThatThrownBy(() -> store.put(42, "2026-W47", "0a1b", "pdf", PDF))
                .hasMessageStartingWith("could not store 42/2026-W47/0a1b.")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(folder.toString()));
    }

    @Test
    void concurrentAttemptsLeaveCompleteFilesAndNothingElse() throws IOException {
        IntStream.range(0, 64).parallel().forEach(_ -> store.put(42, "2026-W47", "0a1b", "pdf", PDF));

        try (var files = Files.list(folder.resolve("files/42/2026-W47"))) {
            assertThat(files).hasSize(64).allSatisfy(file -> assertThat(file).hasBinaryContent(PDF));
        }
    }

    @Test
    void aFileThatCannotBeRenamedLeavesNothingBehindAndIsNamedInTheError() throws IOException {
        var unlucky = new ReportStore(new TestStoreConfig(folder.resolve("files")), () -> "0123456789abcdef");
        var target = folder.resolve("files/42/2026-W47/0a1b.0123456789abcdef.pdf");
        // A folder that is not empty cannot be replaced by the file.
        Files.createDirectories(target.resolve("in the way"));

        assertThatThrownBy(() -> unlucky.put(42, "2026-W47", "0a1b", "pdf", PDF))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("42/2026-W47/0a1b.0123456789abcdef.pdf");

        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void pathsOutsideOfTheStoreAreRefused() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");

        assertThatThrownBy(() -> store.read("../secret")).hasMessageContaining("outside of the store");
        assertThatThrownBy(() -> store.find("../secret")).hasMessageContaining("outside of the store");
        assertThatThrownBy(() -> store.delete("../secret")).hasMessageContaining("outside of the store");
        assertThat(folder.resolve("secret")).exists();
    }

    @Test
    void aFileIsDeletedOnceAndAMissingOneCountsAsDeleted() {
        var put = store.put(42, "2026-W47", "0a1b", "pdf", PDF);

        store.delete(put.path());
        store.delete(put.path());

        assertThat(store.find(put.path())).isEmpty();
    }

    @Test
    void nothingIsDeletedWhileTheStoreIsNotThere() {
        assertThatThrownBy(() -> store.delete("42/2026-W47/0a1b.0123456789abcdef.pdf"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("could not delete 42/2026-W47/0a1b.0123456789abcdef.pdf: it is not there");
    }

    @Test
    void aFolderIsNotDeletedAsAFile() throws IOException {
        Files.createDirectories(folder.resolve("files/42"));

        assertThatThrownBy(() -> store.delete("42")).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> store.delete("")).hasMessageContaining("it is a folder");
        assertThat(folder.resolve("files/42")).exists();
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThat(store.find("acme/2026-W47/none.pdf")).isEmpty();
    }
}
