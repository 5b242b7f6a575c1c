package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AnchorsTest {

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void emptyTrail() {
        trail.clear();
        folder = temporary.resolve("anchors");
    }

    private void sealOneMore() {
        trail.events(1);
        trail.seal(folder);
    }

    private List<Long> numbers() throws IOException {
        return Files.readAllLines(file()).stream().flatMap(line -> Anchor.parse(line).stream()).map(Anchor::number).toList();
    }

    private Path file() throws IOException {
        return new AnchorFolder(folder).files(Optional.empty()).getLast();
    }

    @Test
    void eachSealIsOneLineThatOnlyItsOwnerCanRead() throws IOException {
        sealOneMore();
        sealOneMore();

        assertThat(numbers()).containsExactly(1L, 2L);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(Files.readString(file())).contains("\"publicKey\":\"" + trail.keys().publicKey(SealedTrail.KEY).orElseThrow());
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() throws IOException {
        sealOneMore();
        var moved = temporary.resolve("moved");
        Files.move(folder, moved);
        Files.writeString(folder, "no folder");
        try (var log = new LogLines()) {
            sealOneMore();
            assertThat(log.texts()).anyMatch(text -> text.contains("could not be written to weekly.audit.anchor"));
        }
        assertThat(trail.seals()).hasSize(2);

        Files.delete(folder);
        Files.move(moved, folder);
        sealOneMore();

        assertThat(numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aLineThatWasCutOffSpoilsNoOther() throws IOException {
        sealOneMore();
        Files.writeString(file(), "{\"number\":2,\"fir", StandardOpenOption.APPEND);

        sealOneMore();

        assertThat(numbers()).containsExactly(1L, 2L);
        var output = trail.verify("--anchor=" + folder);
        assertThat(output.text()).startsWith("VALID").contains("has 1 lines that are no anchors");
    }

    /** A process can die before it has written the first line of a month. */
    @Test
    void afterAnEmptyFileThePassGoesOnWhereTheLastOneEnded() throws IOException {
        sealOneMore();
        Files.createFile(folder.resolve("seals-9999-01.jsonl"));

        sealOneMore();
        sealOneMore();

        var file = new AnchorFolder(folder).files(Optional.empty()).getFirst();
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void bytesThatAreNoTextAreNoAnchors() throws IOException {
        sealOneMore();
        Files.write(file(), new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);

        assertThat(trail.verify("--anchor=" + folder).text()).startsWith("VALID").contains("has 1 lines that are no anchors");
    }

    @Test
    void theLogSaysIfTheDatabaseDoesNotHaveTheNewestAnchor() {
        sealOneMore();
        sealOneMore();
        world.sql("DELETE FROM audit_seal WHERE number = 2");

        try (var log = new LogLines()) {
            trail.seal(folder);
            assertThat(log.texts()).anyMatch(text -> text.contains("the newest anchor is of seal 2, which the database does not have"));
        }
    }

    @Test
    void severalFoldersAreCompared() {
        sealOneMore();
        var other = temporary.resolve("other");
        trail.seal(other);

        assertThat(trail.verify("--anchor=" + folder, "--anchor=" + other).text()).contains("2 anchors");
        assertThat(trail.verify("--anchor=" + temporary.resolve("none")).text()).contains("has no anchors of the seals");
    }
}
