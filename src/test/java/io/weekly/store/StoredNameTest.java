package io.weekly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNameTest {

    private static final String ID = "019ab2f07c1e7d3a9f4be2a1c05d6e7f";

    @Test
    void aStoredFileNamesItsReport(@TempDir Path folder) {
        var put = new ReportStore(new TestStoreConfig(folder)).put(42, "2026-W47", ID, "mail", new byte[1]);

        assertThat(StoredName.of(put.path())).isEqualTo(new StoredName(Optional.of(ID), false));
    }

    @Test
    void soDoesAFileOfAnEarlierVersion() {
        assertThat(StoredName.of("acme/2026-W47/" + ID + ".2a916d83fa20.pdf").reportId()).contains(ID);
    }

    @Test
    void temporaryFilesAreUnfinished() {
        assertThat(StoredName.of("42/2026-W47/.12345678901234567890.part").isUnfinished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "README", "lost+found/x", "42/2026-W47/notes.pdf", "42/" + ID + ".pdf", "42/" + ID + "0.2a916d83fa20.pdf", ".part", "backup.part"
    })
    void filesWithOtherNamesAreNotOurs(String path) {
        assertThat(StoredName.of(path)).isEqualTo(new StoredName(Optional.empty(), false));
    }
}
