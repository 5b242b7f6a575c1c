package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
    private static final Path BUILT_IN = Path.of("src/main/resources/definitions");

    @TempDir Path dir;

    @Test
    void theIndexListsAllBuiltInFiles() throws IOException {
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            List<String> there = files.filter(Files::isRegularFile).map(file -> BUILT_IN.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.equals("index")).sorted().toList();

            assertThat(Files.readAllLines(BUILT_IN.resolve("index"))).containsExactlyElementsOf(there);
        }
    }

    @Test
    void theBuiltInDefinitionsHaveNoFaults() {
        Definitions definitions = new Definitions(Optional.empty());

        assertThat(definitions.broken()).isEmpty();
        assertThat(definitions.find("weekly-business").orElseThrow().datasets().keySet())
                .containsExactly("kpis", "days", "daily", "trend", "top");
        assertThat(definitions.find("nothing")).isEmpty();
    }

    @Test
    void everyLanguageHasEveryText() {
        for (Definition definition : new Definitions(Optional.empty()).all()) {
            for (String language : List.of("de", "fr", "es", "pl")) {
                assertThat(definition.texts().messages().get(language).keySet()).as(definition.name() + " " + language)
                        .isEqualTo(definition.texts().messages().get("").keySet());
                assertThat(definition.templates().subjects()).as(definition.name()).containsKey(language);
            }
        }
    }

    @Test
    void aBrokenDefinitionDoesNotAffectOthers() throws IOException {
        copyBuiltInTo(dir.resolve("good"));
        copyBuiltInTo(dir.resolve("bad"));
        Files.writeString(dir.resolve("bad/kpis.sql"), "SELECT :tenant, :nonsense");
        Files.createDirectory(dir.resolve("empty"));

        Definitions definitions = new Definitions(Optional.of(dir));

        assertThat(definitions.all()).extracting(Definition::name).containsExactly("good", "usage-digest", "weekly-business");
        assertThat(definitions.broken()).extracting(BrokenDefinition::name).containsExactly("bad", "empty");
        assertThat(definitions.broken().getFirst().reasons()).contains("kpis.sql:1: unknown parameter :nonsense");
    }

    @Test
    void faultsOfUnreadableFilesDoNotContainPaths() throws IOException {
        copyBuiltInTo(dir.resolve("torn"));
        Files.write(dir.resolve("torn/mail.txt"), new byte[] {'a', (byte) 0xff});
        Files.write(dir.resolve("torn/kpis.sql"), new byte[(1 << 20) + 1]);

        var broken = new Definitions(Optional.of(dir)).broken();

        assertThat(broken).extracting(BrokenDefinition::name).containsExactly("torn");
        assertThat(broken.getLast().reasons()).isEqualTo("kpis.sql: is larger than 1 MB; mail.txt: is not UTF-8");
        assertThat(broken).allSatisfy(it -> assertThat(it.reasons()).doesNotContain(dir.toString(), "Exception"));
    }

    @Test
    void anUnreadableFileHidesNoOtherFaultAndUnknownFilesAreNotRead() throws IOException {
        copyBuiltInTo(dir.resolve("mixed"));
        Files.write(dir.resolve("mixed/logo.png"), new byte[] {(byte) 0x89, 'P'});
        Files.write(dir.resolve("mixed/mail.txt"), new byte[] {'a', (byte) 0xff});
        Files.move(dir.resolve("mixed/report.yaml"), dir.resolve("mixed/report.yml"));
        Files.writeString(dir.resolve("mixed/kpis.sqll"), "");

        assertThat(new Definitions(Optional.of(dir)).broken().getFirst().faults())
                .map(fault -> fault.file() + " " + fault.reason().split("[;(]")[0].strip())
                .containsExactlyInAnyOrder("logo.png unknown file", "mail.txt is not UTF-8", "report.yaml is missing",
                        "report.yml unknown file", "kpis.sqll unknown file");
    }

    @Test
    void aByteOrderMarkIsIgnored() throws IOException {
        copyBuiltInTo(dir.resolve("weekly-business"));
        try (Stream<Path> files = Files.list(dir.resolve("weekly-business"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "\ufeff" + Files.readString(file));
            }
        }

        Definitions marked = new Definitions(Optional.of(dir));

        assertThat(marked.broken()).isEmpty();
        assertThat(marked.find("weekly-business")).map(Definition::version)
                .isEqualTo(new Definitions(Optional.empty()).find("weekly-business").map(Definition::version));
    }

    @Test
    void aFolderReplacesTheBuiltInDefinitionOfTheSameName() throws IOException {
        copyBuiltInTo(dir.resolve("weekly-business"));
        Files.writeString(dir.resolve("weekly-business/mail.txt"), "ours");

        assertThat(new Definitions(Optional.of(dir)).find("weekly-business").orElseThrow().version())
                .isNotEqualTo(new Definitions(Optional.empty()).find("weekly-business").orElseThrow().version());
    }

    private static void copyBuiltInTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(BUILT_IN.resolve("weekly-business"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }
}
