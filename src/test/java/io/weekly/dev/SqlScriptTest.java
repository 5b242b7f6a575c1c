package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlScriptTest {
    @TempDir
    Path folder;

    @Test
    void theDatabasesThatAScriptNamesAreFound() throws IOException {
        var chinook = "/*\n  Drop database if it exists\n*/\n"
                + "DROP DATABASE IF EXISTS `Chinook`;\nCREATE DATABASE `Chinook`;\n\nUSE `Chinook`;";
        assertThat(script("a.sql", chinook).databases())
                .containsExactly("Chinook");
        assertThat(script("b.sql", "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;\nuse crm;")
                .databases()).containsExactly("crm", "shop");
        assertThat(script("c.sql", "CREATE DATABASE IF NOT EXISTS other;\n/*!40101 USE shop */;\n/*M! USE crm*/;").databases())
                .containsExactly("crm", "other", "shop");
        assertThat(script("plain.sql", "CREATE TABLE t (id INT);\nINSERT INTO t VALUES (1); -- USE it").databases())
                .containsExactly("plain");
    }

    @Test
    void aScriptMayNotUseTheDatabasesOfTheServiceOrTheServer() {
        assertThatThrownBy(() -> script("a.sql", "DROP DATABASE weekly;")).isInstanceOf(DevModeException.class)
                .hasMessageContaining("uses the database weekly, which belongs to the service or to the server");
        assertThatThrownBy(() -> script("a.sql", "/*! USE weekly */;")).hasMessageContaining("uses the database weekly");
        assertThatThrownBy(() -> script("b.sql", "SELECT 1;\n  use `mysql`;\nDROP TABLE user;")).hasMessageContaining("mysql");
    }

    @Test
    void aCommandOfTheClientIsReportedWithItsLine() {
        assertThatThrownBy(() -> script("a.sql", "SELECT 1;\nDELIMITER ;;\n"))
                .hasMessageContaining("a.sql:2: DELIMITER is a command of the mysql client");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SqlScript.of(folder.resolve("none.sql")))
                .isInstanceOf(DevModeException.class).hasMessageContaining("none.sql");
    }

    @Test
    void aScriptRunsOnceAndAgainWhenItHasChanged() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("database"))) {
            LoadedScripts loaded = LoadedScripts.in(new DevFolder(folder));
            String tables = """
                    /* A comment; with USE of semicolons, and a 'quote */
                    CREATE TABLE IF NOT EXISTS `odd; name` (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(50)); -- and ; another
                    INSERT INTO `odd; name` (text) VALUES ('it''s; "fine"'), (N'Łódź \\'; — ok');
                    """;

            loaded.load(List.of(script("shop.sql", tables)), server);
            loaded.load(List.of(script("shop.sql", tables)), server);

            assertThat(texts(server)).containsExactly("it's; \"fine\"", "Łódź '; — ok");
            loaded.load(List.of(script("shop.sql", tables + "DELETE FROM `odd; name` WHERE id = 1;")), server);
            assertThat(texts(server)).containsExactly("Łódź '; — ok", "it's; \"fine\"", "Łódź '; — ok");
        }
    }

    @Test
    void aFailedStatementFailsTheScriptAndTheScriptRunsAgain() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("database"))) {
            LoadedScripts loaded = LoadedScripts.in(new DevFolder(folder));
            SqlScript script = script("torn.sql", "CREATE TABLE IF NOT EXISTS t (id INT);\nINSERT INTO nowhere VALUES (1);\nSELECT 1;");

            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> loaded.load(List.of(script), server))
                        .isInstanceOf(DevModeException.class).hasMessageContaining("torn.sql failed").hasMessageContaining("nowhere");
            }
        }
    }

    private SqlScript script(String name, String text) throws IOException {
        return SqlScript.of(Files.writeString(folder.resolve(name), text));
    }

    private static List<String> texts(EmbeddedDatabase server) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:" + server.url("shop"), server.user(), "");
                var rows = connection.createStatement().executeQuery("SELECT text FROM `odd; name` ORDER BY id")) {
            var texts = new java.util.ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
