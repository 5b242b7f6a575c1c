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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        assertThat(output.text()).startsWith("VALID").contains("has 1 lines that were cut off");
        Files.writeString(file(), "{\"num", StandardOpenOption.APPEND);
        assertThat(trail.verify("--anchor=" + folder).text()).startsWith("VALID").contains("has 2 lines that were cut off");
        assertThat(trail.verdict(folder).valid()).isTrue();
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

        isNotChecked(folder, "has 1 lines or files that are no anchors");
    }

    /** A crash leaves the beginning of a line that is written again. Nothing else is explained by one. */
    @Test
    void aDamagedLineBesideGoodOnesIsNotPassedOver() throws IOException {
        sealOneMore();
        sealOneMore();
        var lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0).substring(0, 40), lines.get(1)));
        isNotChecked(folder, "has 1 lines or files that are no anchors");

        Files.write(file(), List.of(lines.get(0).substring(0, 40), lines.get(1).substring(0, 40)));
        isNotChecked(folder, "has no anchors of the seals that were checked");
    }

    /** Whoever names a folder relies on it, so nothing may look valid without it. */
    @Test
    void withoutTheAnchorsThatWereAskedForNothingIsValid() throws IOException {
        sealOneMore();
        isNotChecked(temporary.resolve("none"), "is no folder that can be read");
        isNotChecked(Files.createDirectory(temporary.resolve("empty")), "has no anchors of the seals that were checked");
        assertThat(trail.verify(Map.of("weekly.audit.anchor", temporary.resolve("none").toString())).code())
                .isEqualTo(VerifyAudit.NOT_CHECKED);

        Files.createDirectory(file().resolveSibling("seals-9999-01.jsonl"));
        isNotChecked(folder, "could not be read");

        world.sql("DELETE FROM audit_event");
        assertThat(trail.verify("--anchor=" + folder).code()).as("what is known is said").isEqualTo(VerifyAudit.BROKEN);
    }

    private void isNotChecked(Path anchors, String note) {
        var output = trail.verify("--anchor=" + anchors);
        assertThat(output.text()).startsWith("NOT CHECKED").contains("(anchors-unreadable)").contains(note);
        assertThat(output.code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        var pruning = trail.prune("--before=2026-01-01", "--anchor=" + anchors);
        assertThat(pruning.text()).contains("STOPPED: not everything can be checked").contains(note);
        assertThat(pruning.code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        var verdict = trail.verdict(anchors);
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.faults()).extracting(Fault::kind).containsExactly(Fault.Kind.ANCHORS_UNREADABLE);
        assertThat(verdict.notes()).anyMatch(text -> text.contains(note));
    }

    /** The service writes an anchor a moment after its seal. Then it compares the newest one that there is. */
    @Test
    void anOlderAnchorIsComparedIfTheNewestIsNotWrittenYet() throws IOException {
        sealOneMore();
        trail.events(1);
        trail.seal();
        var newest = trail.seals().getLast();
        var notes = new ArrayList<String>();
        var check = new SealCheck(trail.keys(), _ -> true);

        new AnchorComparison(trail.read(), check, notes)
                .compare(new AnchorFolder(folder), newest.number(), Optional.of(newest.sealedAt()), true);

        assertThat(check.verdict(Duration.ZERO, new UnsealedEvents(0, null), notes)).extracting(Verdict::valid, Verdict::anchors)
                .containsExactly(true, 1L);
    }

    @Test
    void anchorsThatContradictTheSealsStopAPruning() {
        sealOneMore();
        sealOneMore();
        world.sql("DELETE FROM audit_seal WHERE number = 2");

        var pruning = trail.prune("--before=2026-01-01", "--anchor=" + folder);

        assertThat(pruning.text()).contains("STOPPED").contains("(anchor)");
        assertThat(pruning.code()).isEqualTo(VerifyAudit.BROKEN);
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
        assertThat(trail.verify("--anchor=" + folder, "--anchor=" + temporary.resolve("none")).code()).isEqualTo(VerifyAudit.NOT_CHECKED);
    }
}
