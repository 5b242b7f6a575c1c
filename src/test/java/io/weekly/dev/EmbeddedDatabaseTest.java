package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void dataSurvivesARestart() {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(folder)) {
            first.url("kept");
            first.execute("CREATE TABLE kept.thing (name VARCHAR(20)) SELECT 'Ωδή' AS name");
        }

        try (EmbeddedDatabase second = EmbeddedDatabase.start(folder)) {
            assertThat(second.url("kept")).isEqualTo("mysql://127.0.0.1:" + second.port() + "/kept");
            second.execute("INSERT INTO kept.thing SELECT name FROM kept.thing WHERE name = 'Ωδή'");
        }
    }
}
