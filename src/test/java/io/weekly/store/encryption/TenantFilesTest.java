package io.weekly.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.keys.TestKeyring;
import io.weekly.store.TestStoreConfig;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantFilesTest {

    private static final int ACME = 7;
    private static final int GLOBEX = 8;
    private static final String REPORT = "019ab2f07c1e7d3a9f4be2a1c05d6e7f";
    private static final String OTHER_REPORT = "019ab2f07c1e7d3a9f4be2a1c05d6e80";
    /** The size of an encrypted segment. The first one also has the header, of 40 bytes. */
    private static final int SEGMENT = 4096;
    private static final int HEADER = 40;
    private static final int TAG = 16;

    private TestVault vault;
    private TenantFiles files;
    private byte[] content;

    @TempDir
    Path folder;

    @BeforeEach
    void aVault() {
        var store = new TestStoreConfig(folder).store();
        vault = new TestVault(store, TestKeyring.of("k1", Map.of("k1", TestKeyring.ONE)));
        files = vault.of(ACME);
        content = new byte[5 * SEGMENT];
        new Random(1).nextBytes(content);
    }

    private FileRecord stored() {
        return TestVault.put(files, ACME, REPORT, "pdf", content);
    }

    @Test
    void aFileIsReadBackAndTheDiskDoesNotHaveItsContent() {
        content = "Revenue of the week: 1,234,567 EUR".repeat(500).getBytes(StandardCharsets.UTF_8);
        var file = stored();

        assertThat(file.path()).startsWith("7/2026-W47/" + REPORT + ".").endsWith(".pdf.enc");
        assertThat(file.bytes()).isEqualTo(content.length);
        assertThat(files.read(file)).isEqualTo(content);
        assertThat(new String(vault.stored(file), StandardCharsets.ISO_8859_1)).doesNotContain("Revenue");
    }

    @Test
    void theSameContentIsEncryptedDifferentlyEachTime() {
        assertThat(HexFormat.of().formatHex(vault.stored(stored()))).isNotEqualTo(HexFormat.of().formatHex(vault.stored(stored())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4039, 4040, 4041, 8119, 8120, 8121, 12_201, 100_000})
    void everyRangeIsReadAlone(int size) {
        content = new byte[size];
        new Random(size).nextBytes(content);
        var file = stored();

        var random = new Random(2);
        for (var i = 0; i < 50; i++) {
            var from = random.nextInt(size);
            var length = 1 + random.nextInt(size - from);
            assertThat(files.read(file, from, length)).isEqualTo(Arrays.copyOfRange(content, from, from + length));
        }
        assertThat(files.read(file, size - 1, 1)).containsExactly(content[size - 1]);
    }

    @Test
    void aFileThatWasSwappedWithAnotherOneIsRefused() {
        var file = stored();
        for (var other : new FileRecord[] {
            TestVault.put(files, ACME, OTHER_REPORT, "pdf", content),
            TestVault.put(files, ACME, REPORT, "csv", content),
            TestVault.put(vault.of(GLOBEX), GLOBEX, REPORT, "pdf", content)
        }) {
            vault.replace(file, vault.stored(other));
            assertRefused(file);
        }
    }

    /** Both have the same tenant, report and format. The hash in the database tells them apart. */
    @Test
    void anOlderFileOfTheSameReportIsRefused() {
        var older = stored();
        content = content.clone();
        content[0]++;
        var file = stored();

        vault.replace(file, vault.stored(older));

        assertRefused(file);
    }

    @Test
    void theFileOfAnotherTenantIsRefusedEvenIfItHasTheSameIdentity() {
        var file = stored();
        var stranger = vault.of(ACME);

        assertThatThrownBy(() -> stranger.read(file)).isInstanceOf(CorruptFileException.class);
    }

    /** Cuts before, at and after each border of a segment, in the header, and down to nothing. */
    @Test
    void aTruncatedFileIsRefused() {
        var file = stored();
        var encrypted = vault.stored(file);
        for (var border = 0; border <= encrypted.length; border += SEGMENT) {
            for (var size : new int[] {border - TAG, border - 1, border, border + 1, border + TAG, border + HEADER}) {
                if (size >= 0 && size < encrypted.length) {
                    vault.replace(file, Arrays.copyOf(encrypted, size));
                    assertRefused(file);
                }
            }
        }
        vault.replace(file, Arrays.copyOf(encrypted, encrypted.length - 1));
        assertRefused(file);
    }

    @Test
    void aFileWithAppendedBytesIsRefused() {
        var file = stored();
        var encrypted = vault.stored(file);
        for (var more : new int[] {1, TAG, SEGMENT}) {
            vault.replace(file, Arrays.copyOf(encrypted, encrypted.length + more));
            assertRefused(file);
        }
    }

    /** The header, the text and the tag of the first, a middle and the last segment. */
    @Test
    void aChangedBitIsRefused() {
        var file = stored();
        var encrypted = vault.stored(file);
        var last = encrypted.length - 1;
        for (var position : new int[] {0, 1, 33, 39, 40, 41, SEGMENT - 1, SEGMENT, 3 * SEGMENT + 5, last - TAG, last}) {
            for (var bit = 0; bit < 8; bit += 3) {
                var changed = encrypted.clone();
                changed[position] ^= (byte) (1 << bit);
                vault.replace(file, changed);
                assertThatThrownBy(() -> files.read(file)).as("byte %d, bit %d", position, bit).isInstanceOf(CorruptFileException.class);
            }
        }
        vault.replace(file, encrypted);
        assertThat(files.read(file)).isEqualTo(content);
    }

    /** A range of one segment needs the header, this segment and the last one. The other segments are not read, so nobody notices. */
    @Test
    void aRangeReadsOnlyTheSegmentsThatItNeeds() {
        var file = stored();
        var changed = vault.stored(file);
        changed[2 * SEGMENT + 100] ^= 1;
        vault.replace(file, changed);

        assertThat(files.read(file, 10, 100)).isEqualTo(Arrays.copyOfRange(content, 10, 110));
        assertThatThrownBy(() -> files.read(file, 2 * SEGMENT, 100)).isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> files.read(file)).isInstanceOf(CorruptFileException.class);
    }

    @Test
    void segmentsInAnotherOrderAreRefused() {
        var file = stored();
        var encrypted = vault.stored(file);
        var swapped = encrypted.clone();
        System.arraycopy(encrypted, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
        System.arraycopy(encrypted, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);
        vault.replace(file, swapped);

        assertThatThrownBy(() -> files.read(file)).isInstanceOf(CorruptFileException.class);
    }

    @Test
    void aPlainFileInPlaceOfAnEncryptedOneIsRefused() {
        var file = stored();

        vault.replace(file, content);
        assertRefused(file);
        vault.replace(file, new byte[0]);
        assertRefused(file);
    }

    @Test
    void anEncryptedFileInPlaceOfAPlainOneIsRefused() {
        var plain = vault.plain(ACME);
        var file = TestVault.put(plain, ACME, REPORT, "pdf", content);
        assertThat(file.path()).endsWith(".pdf");
        assertThat(plain.read(file)).isEqualTo(content);

        vault.replace(file, vault.stored(stored()));

        assertThatThrownBy(() -> plain.read(file)).isInstanceOf(CorruptFileException.class).hasMessageContaining("it has 20616 bytes");
        assertThatThrownBy(() -> plain.checkSize(file)).isInstanceOf(CorruptFileException.class);
    }

    @Test
    void aPlainFileWithAnotherContentOfTheSameSizeIsNotMailed() {
        var plain = vault.plain(ACME);
        var file = TestVault.put(plain, ACME, REPORT, "pdf", content);
        var changed = content.clone();
        changed[9] ^= 1;

        vault.replace(file, changed);

        assertThatThrownBy(() -> plain.read(file)).isInstanceOf(CorruptFileException.class).hasMessageContaining("another content");
    }

    @Test
    void aMissingFileIsNotCorrupt() {
        var file = stored();
        assertThat(vault.onDisk(file).toFile().delete()).isTrue();

        assertThatThrownBy(() -> files.read(file)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("it is not there");
    }

    /** A pool interrupts its threads when the process stops. */
    @Test
    void aFileIsNotCorruptIfTheThreadThatReadsItIsInterrupted() {
        var file = stored();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> files.read(file)).isInstanceOf(UncheckedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void assertRefused(FileRecord file) {
        assertThatThrownBy(() -> files.read(file)).isInstanceOf(CorruptFileException.class);
        // A range at the beginning checks the end too.
        assertThatThrownBy(() -> files.read(file, 0, 10)).isInstanceOf(CorruptFileException.class);
    }
}
