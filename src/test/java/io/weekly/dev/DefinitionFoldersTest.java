package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFoldersTest {

    @TempDir Path dir;
    private final Definitions definitions = Samples.definitions();
    private DefinitionFolders folders;

    @BeforeEach
    void oneDefinition() throws IOException {
        write("mine", "mail.txt", "first");
        folders = new DefinitionFolders(definitions, List.of(dir.resolve("not-there"), dir));
        assertThat(folders.loadAll()).extracting(DefinitionFolders.Change::name).containsExactly("mine");
    }

    @Test
    void aSavedFileIsLoadedWhenItNoLongerChanges() throws IOException {
        var before = version();

        Files.writeString(dir.resolve("mine/mail.txt"), "second, longer");

        assertThat(folders.poll()).isEmpty();
        assertThat(version()).isEqualTo(before);
        assertThat(folders.poll()).extracting(DefinitionFolders.Change::name).containsExactly("mine");
        assertThat(version()).isNotEqualTo(before);
        assertThat(folders.poll()).isEmpty();
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotLoaded() throws IOException {
        Files.writeString(dir.resolve("mine/kpis.sql"), "SEL");
        folders.poll();
        Files.writeString(dir.resolve("mine/kpis.sql"), "ECT :tenant AS a", StandardOpenOption.APPEND);

        assertThat(folders.poll()).isEmpty();
        assertThat(folders.poll()).singleElement().satisfies(change -> assertThat(change.definition()).isInstanceOf(Definition.class));
    }

    @Test
    void aReplacedFileIsNoticedAlthoughSizeAndTimeAreTheSame() throws IOException {
        var file = dir.resolve("mine/mail.txt");
        var before = version();
        var other = Files.writeString(dir.resolve("mine/.mail.txt.new"), "FIRST");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        folders.poll();

        assertThat(folders.poll()).hasSize(1);
        assertThat(version()).isNotEqualTo(before);
    }

    @Test
    void aConfigMapThatIsReplacedIsNoticed() throws IOException {
        var mount = Files.createDirectory(dir.resolve("mounted"));
        Files.move(dir.resolve("mine"), mount.resolve("..1"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        try (var files = Files.list(mount.resolve("..1"))) {
            for (var file : files.toList()) {
                Files.createSymbolicLink(mount.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
            }
        }
        settle();
        assertThat(definitions.find("mounted")).isPresent();
        var before = definitions.find("mounted").orElseThrow().version();

        Files.copy(mount.resolve("..1"), mount.resolve("..2"));
        try (var files = Files.list(mount.resolve("..1"))) {
            for (var file : files.toList()) {
                Files.copy(file, mount.resolve("..2").resolve(file.getFileName()));
            }
        }
        Files.writeString(mount.resolve("..2/mail.txt"), "second");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        settle();

        assertThat(definitions.find("mounted").orElseThrow().version()).isNotEqualTo(before);
    }

    @Test
    void aLinkThatLeavesTheFolderIsAFaultUntilItIsReplaced() throws IOException {
        var mail = dir.resolve("mine/mail.txt");
        Files.move(mail, dir.resolve("mine/.kept"));
        Files.createSymbolicLink(mail, Path.of("/etc/hostname"));
        settle();
        assertThat(definitions.broken()).extracting(BrokenDefinition::reasons)
                .containsExactly("mail.txt: is a symbolic link that leads out of weekly.definitions.dir");

        Files.delete(mail);
        Files.move(dir.resolve("mine/.kept"), mail);
        settle();
        assertThat(definitions.find("mine")).isPresent();
    }

    @Test
    void aBrokenDefinitionReplacesTheGoodOneUntilItIsFixed() throws IOException {
        var good = version();
        Files.writeString(dir.resolve("mine/mail.txt"), "{tenant.nmae}");
        settle();

        assertThat(definitions.find("mine")).isEmpty();
        assertThat(definitions.broken()).extracting(BrokenDefinition::name).containsExactly("mine");

        Files.writeString(dir.resolve("mine/mail.txt"), "first");
        settle();

        assertThat(version()).isEqualTo(good);
        assertThat(definitions.broken()).isEmpty();
    }

    @Test
    void aNewFolderAddsADefinitionAndARemovedFolderRemovesIt() throws IOException {
        write("yours", "mail.txt", "hello");
        settle();
        assertThat(definitions.find("yours")).isPresent();

        delete("yours");
        folders.poll();
        assertThat(definitions.find("yours")).as("it may be back in a moment").isPresent();
        assertThat(folders.poll()).singleElement().satisfies(change -> assertThat(change.definition()).isNull());
        assertThat(definitions.find("yours")).isEmpty();
    }

    @Test
    void aFolderReplacesABuiltInDefinitionUntilItIsRemoved() throws IOException {
        var builtIn = definitions.find("weekly-business").orElseThrow().version();
        write("weekly-business", "mail.txt", "ours");
        settle();
        assertThat(definitions.find("weekly-business").orElseThrow().version()).isNotEqualTo(builtIn);

        delete("weekly-business");
        settle();

        assertThat(definitions.find("weekly-business").orElseThrow().version()).isEqualTo(builtIn);
    }

    @Test
    void temporaryFilesOfEditorsAreNoChange() throws IOException {
        Files.writeString(dir.resolve("mine/.mail.txt.swp"), "x");
        Files.write(dir.resolve("mine/mail.txt~"), new byte[] {(byte) 0xff});
        Files.writeString(dir.resolve("mine/#mail.txt#"), "x");

        assertThat(folders.poll()).isEmpty();
        assertThat(folders.poll()).isEmpty();
    }

    private void settle() {
        folders.poll();
        folders.poll();
    }

    private String version() {
        return definitions.find("mine").orElseThrow().version();
    }

    private void write(String name, String file, String text) throws IOException {
        DefinitionFiles.write(dir.resolve(name));
        Files.writeString(dir.resolve(name).resolve(file), text);
    }

    private void delete(String name) throws IOException {
        try (var files = Files.list(dir.resolve(name))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(dir.resolve(name));
    }
}
