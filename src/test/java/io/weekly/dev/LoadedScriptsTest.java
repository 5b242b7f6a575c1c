package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedScriptsTest {

    private static final SqlScript TABLES = script("a.sql", "USE shop;\nDROP TABLE IF EXISTS sale;\nCREATE TABLE sale (id INT);");
    private static final SqlScript CHANGED = script("a.sql", TABLES.text() + "\n-- changed");
    private static final SqlScript ROWS = script("b.sql", "USE shop;\nINSERT INTO sale VALUES (1);");
    private static final SqlScript OTHER = script("c.sql", "USE crm;\nCREATE TABLE IF NOT EXISTS lead (id INT);");

    @TempDir
    Path folder;

    @Test
    void aScriptRunsOnce() {
        assertThat(runs(TABLES, ROWS, OTHER)).containsExactly("a.sql", "b.sql", "c.sql");
        assertThat(runs(TABLES, ROWS, OTHER)).isEmpty();
    }

    @Test
    void theLaterScriptsOfTheSameDatabaseRunAgainAfterAChangedOne() {
        runs(TABLES, ROWS, OTHER);

        assertThat(runs(CHANGED, ROWS, OTHER)).containsExactly("a.sql", "b.sql");
        assertThat(runs(CHANGED, ROWS, OTHER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT shop.sale VALUES (1);", "REPLACE shop.sale VALUES (1);", "INSERT IGNORE shop.sale VALUES (1);",
        "TRUNCATE shop.sale;", "INSERT INTO `shop` . sale VALUES (1);"})
    void aScriptOfAnotherDatabaseThatNamesTheTableRunsAgainToo(String statement) {
        var other = script("b.sql", "USE other;\n" + statement);
        runs(TABLES, other);

        assertThat(runs(CHANGED, other)).containsExactly("a.sql", "b.sql");
    }

    @Test
    void aChangeThatIsTakenBackIsAChangeToo() {
        runs(TABLES, ROWS);
        runs(CHANGED, ROWS);

        assertThat(runs(TABLES, ROWS)).containsExactly("a.sql", "b.sql");
    }

    @Test
    void aLaterScriptDoesNotRepeatTheEarlierOnes() {
        runs(TABLES, ROWS);

        assertThat(runs(TABLES, script("b.sql", ROWS.text() + "-- changed"))).containsExactly("b.sql");
    }

    @Test
    void anAddedRemovedOrMovedScriptIsAChangeForThoseAfterIt() {
        runs(ROWS);
        assertThat(runs(TABLES, ROWS)).containsExactly("a.sql", "b.sql");
        assertThat(runs(ROWS, TABLES)).containsExactly("b.sql", "a.sql");
        assertThat(runs(TABLES)).containsExactly("a.sql");
        assertThat(runs(TABLES, ROWS)).containsExactly("b.sql");
    }

    @Test
    void scriptsDependOnEachOtherByAnyDatabaseThatTheyShare() {
        SqlScript both = script("both.sql", "INSERT INTO crm.lead SELECT id FROM `Shop` . sale;");

        runs(TABLES, both, OTHER);

        assertThat(runs(CHANGED, both, OTHER)).containsExactly("a.sql", "both.sql", "c.sql");
    }

    @Test
    void afterAFailureTheScriptAndTheLaterOnesRunAgain() {
        runs(TABLES, ROWS, OTHER);
        assertThatThrownBy(() -> new LoadedScripts(folder.resolve("loaded")).load(List.of(CHANGED, ROWS, OTHER), script -> {
            throw new DevModeException("%s failed", script.file());
        })).hasMessageContaining("a.sql failed");

        assertThat(runs(TABLES, ROWS, OTHER)).containsExactly("a.sql", "b.sql");
    }

    @Test
    void whatALaterScriptAddedIsThereAfterAnEarlierOneHasChanged() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("database"))) {
            server.url("shop");
            LoadedScripts scripts = LoadedScripts.in(new DevFolder(folder));
            scripts.load(List.of(TABLES, ROWS), server);
            scripts.load(List.of(CHANGED, ROWS), server);

            try (var connection = DriverManager.getConnection("jdbc:" + server.url("shop"), server.user(), "");
                    var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM sale")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    private List<String> runs(SqlScript... scripts) {
        List<String> ran = new ArrayList<>();
        new LoadedScripts(folder.resolve("loaded")).load(
                Stream.of(scripts).toList(), script -> ran.add(script.file().getFileName().toString()));
        return ran;
    }

    private static SqlScript script(String name, String text) {
        return new SqlScript(Path.of(name), text);
    }
}
