package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links, special and very large files. A root with a definition lies beside a file that nobody may read through it. */
@DisabledOnOs(OS.WINDOWS)
class DefinitionFolderTest {

    private static final String OUTSIDE = "is a symbolic link that leads out of weekly.definitions.dir";

    @TempDir Path dir;
    private Path root;
    private Path secret;

    @BeforeEach
    void aRootAndASecretBesideIt() throws IOException {
        root = Files.createDirectory(dir.resolve("root"));
        secret = Files.writeString(dir.resolve("secret.key"), "SECRET");
        write(root.resolve("sales"));
    }

    @Test
    void aLinkToAFileOutsideOfTheRootIsAFaultAndIsNotRead() throws IOException {
        for (Path target : new Path[] {secret, Path.of("../../secret.key"), Path.of("/etc/hostname"), Path.of("/proc/self/environ")}) {
            link(root.resolve("sales/mail.txt"), target);

            assertThat(faults("sales")).isEqualTo("mail.txt: " + OUTSIDE);
        }
    }

    @Test
    void aLinkByWayOfAnotherLinkIsResolved() throws IOException {
        link(root.resolve("sales/notes.md"), secret);
        link(root.resolve("sales/mail.txt"), Path.of("notes.md"));
        assertThat(faults("sales")).isEqualTo("mail.txt: %s; notes.md: %s".formatted(OUTSIDE, OUTSIDE));

        link(root.resolve("out"), dir);
        var back = Path.of("../out").resolve(dir.relativize(root));
        link(root.resolve("sales/notes.md"), Path.of("../out/secret.key"));
        link(root.resolve("sales/mail.txt"), back.resolve("sales/mail.html"));
        assertThat(faults("sales")).isEqualTo("notes.md: " + OUTSIDE);
    }

    @Test
    void aRootWhoseNameOnlyStartsLikeTheOtherIsOutside() throws IOException {
        Path sibling = Files.createDirectory(dir.resolve("root-of-others"));
        Files.writeString(sibling.resolve("mail.txt"), "other");
        link(root.resolve("sales/mail.txt"), sibling.resolve("mail.txt"));

        assertThat(faults("sales")).isEqualTo("mail.txt: " + OUTSIDE);
    }

    @Test
    void aFolderThatIsALinkOutOfTheRootIsBroken() throws IOException {
        write(dir.resolve("elsewhere"));
        link(root.resolve("linked"), dir.resolve("elsewhere"));

        assertThat(faults("linked")).isEqualTo("*: the folder is a symbolic link that leads out of weekly.definitions.dir");
        assertThat(definitions().find("sales")).isPresent();
    }

    @Test
    void linksThatStayInTheRootAreRead() throws IOException {
        write(root.resolve("shared"));
        Files.writeString(root.resolve("shared/report.css"), "p { color: red; }");
        link(root.resolve("sales/report.css"), Path.of("../shared/report.css"));
        link(root.resolve("copy"), Path.of("sales"));

        assertThat(definitions().broken()).isEmpty();
        assertThat(definitions().find("copy").orElseThrow().version()).isEqualTo(definitions().find("sales").orElseThrow().version());
    }

    @Test
    void aRootThatIsALinkIsRead() throws IOException {
        Path linked = dir.resolve("current");
        link(linked, root);
        link(root.resolve("sales/notes.md"), secret);

        assertThat(new Definitions(Optional.of(linked)).broken()).singleElement()
                .satisfies(broken -> assertThat(broken.reasons()).isEqualTo("notes.md: " + OUTSIDE));
        Files.delete(root.resolve("sales/notes.md"));
        assertThat(new Definitions(Optional.of(linked)).find("sales")).isPresent();
    }

    /** Kubernetes mounts a ConfigMap as a folder of links to a link to a folder, which is replaced at each change. */
    @Test
    void aConfigMapOfKubernetesIsRead() throws IOException {
        Path mount = Files.createDirectory(root.resolve("mounted"));
        write(mount.resolve("..2026_11_30_01_00_00.1"));
        link(mount.resolve("..data"), Path.of("..2026_11_30_01_00_00.1"));
        for (String file : DefinitionFiles.GOOD.keySet()) {
            link(mount.resolve(file), Path.of("..data", file));
        }
        String before = definitions().find("mounted").orElseThrow().version();

        write(mount.resolve("..2026_11_30_02_00_00.2"));
        Files.writeString(mount.resolve("..2026_11_30_02_00_00.2/mail.txt"), "changed");
        link(mount.resolve("..data"), Path.of("..2026_11_30_02_00_00.2"));

        assertThat(definitions().find("mounted").orElseThrow().version()).isNotEqualTo(before);
    }

    /** One ConfigMap with the keys of several folders, mounted as the root. */
    @Test
    void aRootThatIsAConfigMapIsRead() throws IOException {
        Path mount = Files.createDirectory(dir.resolve("mount"));
        Files.createDirectories(mount.resolve("..2026_11_30.1"));
        write(mount.resolve("..2026_11_30.1/sales"));
        link(mount.resolve("..data"), Path.of("..2026_11_30.1"));
        link(mount.resolve("sales"), Path.of("..data/sales"));

        assertThat(new Definitions(Optional.of(mount)).find("sales")).isPresent();
        assertThat(new Definitions(Optional.of(mount)).broken()).isEmpty();
    }

    @Test
    void linksThatLeadNowhereAreFaults() throws IOException {
        link(root.resolve("sales/mail.txt"), Path.of("gone.txt"));
        link(root.resolve("sales/notes.md"), Path.of("notes.md"));
        link(root.resolve("nowhere"), Path.of("gone"));

        assertThat(faults("sales")).contains("mail.txt: is a symbolic link that leads nowhere", "notes.md: cannot be read");
        assertThat(faults("sales")).doesNotContain(dir.toString());
    }

    @Test
    void aPipeOrDeviceIsAFaultAndIsNotOpened() throws Exception {
        Files.delete(root.resolve("sales/mail.txt"));
        assertThat(new ProcessBuilder("mkfifo", root.resolve("sales/mail.txt").toString()).start().waitFor()).isZero();
        link(root.resolve("sales/notes.md"), Path.of("mail.txt"));
        link(root.resolve("sales/zero.md"), Path.of("/dev/zero"));

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(faults("sales")).isEqualTo(
                "mail.txt: is not a regular file; notes.md: is not a regular file; zero.md: " + OUTSIDE));
    }

    @Test
    void aVeryLargeFileIsNotReadToItsEnd() throws IOException {
        try (var file = new RandomAccessFile(root.resolve("sales/notes.md").toFile(), "rw")) {
            file.setLength(1L << 33);
        }

        assertThat(faults("sales")).isEqualTo("notes.md: is larger than 1 MB");
    }

    @Test
    void aFolderWithVeryManyFilesIsBroken() throws IOException {
        for (int i = 0; i < 600; i++) {
            Files.writeString(root.resolve("sales/notes-%d.md".formatted(i)), "x");
        }

        assertThat(faults("sales")).isEqualTo("*: the folder has more than 500 files");
    }

    private Definitions definitions() {
        return new Definitions(Optional.of(root));
    }

    private String faults(String name) {
        return definitions().broken().stream().filter(broken -> broken.name().equals(name)).findFirst().orElseThrow().reasons();
    }

    private static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : DefinitionFiles.GOOD.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
