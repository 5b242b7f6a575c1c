package io.weekly.dev;

import com.mysql.cj.jdbc.Driver;
import io.weekly.audit.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An SQL script, for example a dump by mysqldump. The whole text is sent to the server at once. So the server splits it into statements,
 * and no code here has to understand quotes and comments. If a script names no database, it gets one with the name of the file.
 */
public record SqlScript(Path file, String text) {
    /** A little less than {@code --max-allowed-packet}, which limits what a server accepts at once. */
    private static final long MAX_BYTES = 60_000_000;
    private static final Set<String> RESERVED = Set.of("weekly", "mysql", "sys", "information_schema", "performance_schema");
    /** A statement that names a database, at the start of a line. {@code /*!…*}{@code /} is code for MySQL. */
    private static final Pattern DATABASE = Pattern.compile("(?im)^[ \\t]*+(?:/\\*M?!\\d*+\\s*+)?+"
            + "(?:(?:CREATE|DROP)\\s++(?:DATABASE|SCHEMA)|USE)\\b"
            + "(?:\\s++|/\\*M?!\\d*+[^*]*+\\*/|IF\\s++(?:NOT\\s++)?+EXISTS\\b)*+`?+([\\p{L}\\w$-]++)`?+"
            + "\\s*+(?:;|/\\*|\\*/|DEFAULT\\b|CHARACTER\\b|CHARSET\\b|COLLATE\\b|\\z)");
    /** A table with the name of its database. */
    private static final Pattern QUALIFIED = Pattern.compile("(?i)\\b(?:TABLE|TRUNCATE|VIEW|INTO|INSERT|REPLACE|UPDATE|FROM|JOIN)\\s++"
            + "(?:IGNORE\\s++|IF\\s++(?:NOT\\s++)?+EXISTS\\s++)?+`?+([\\p{L}\\w$-]++)`?+\\s*+\\.");
    /** A command of the mysql client, which a server does not know. Dumps use it for triggers and routines. */
    private static final Pattern DELIMITER = Pattern.compile("(?im)^[ \\t]*+DELIMITER\\s");

    /** @throws DevModeException if the file cannot be read, is too large, or has statements that cannot run here */
    public static SqlScript of(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DevModeException("%s is larger than %d MB. Load it with a client into the server that the log names.",
                        file, MAX_BYTES / 1_000_000);
            }
            SqlScript script = new SqlScript(file, Files.readString(file));
            script.check();
            return script;
        } catch (IOException e) {
            throw new DevModeException("%s cannot be read as an SQL script in UTF-8: %s", file, e);
        }
    }

    private void check() {
        var client = DELIMITER.matcher(text);
        if (client.find()) {
            throw new DevModeException("%s:%d: DELIMITER is a command of the mysql client, not SQL. Dump without triggers and routines"
                    + " (mysqldump --skip-triggers).", file, text.substring(0, client.end()).lines().count());
        }
        databases().stream().filter(RESERVED::contains).findFirst().ifPresent(name -> {
            throw new DevModeException("%s uses the database %s, which belongs to the service or to the server.", file, name);
        });
    }

    /** The databases that the script names. If it names none, the name of the file. */
    public Set<String> databases() {
        Set<String> named = new TreeSet<>();
        DATABASE.matcher(text).results().forEach(match -> named.add(match.group(1)));
        return named.isEmpty() ? Set.of(nameOfTheFile()) : named;
    }

    /** The databases whose tables the script may change or read, in small letters: those that it names, and those of qualified tables. */
    Set<String> touchedDatabases() {
        Set<String> touched = new TreeSet<>();
        databases().forEach(name -> touched.add(name.toLowerCase(Locale.ROOT)));
        QUALIFIED.matcher(text).results().forEach(match -> touched.add(match.group(1).toLowerCase(Locale.ROOT)));
        return touched;
    }

    private String nameOfTheFile() {
        return file.getFileName().toString().replaceFirst("\\.sql$", "");
    }

    /** The SHA-256 of the text. */
    String hash() {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DevModeException if a statement fails */
    public void run(String host, int port, String user, String password) {
        Properties options = new Properties();
        options.setProperty("user", user);
        options.setProperty("password", password);
        options.setProperty("allowMultiQueries", "true");
        // Not by DriverManager, which knows only the drivers that the first class loader registered.
        try (Connection connection = new Driver().connect("jdbc:mysql://" + host + ":" + port + "/", options);
                Statement statement = connection.createStatement()) {
            if (!DATABASE.matcher(text).find()) {
                statement.execute("CREATE DATABASE IF NOT EXISTS `" + nameOfTheFile() + "` CHARACTER SET utf8mb4");
                statement.execute("USE `" + nameOfTheFile() + "`");
            }
            statement.execute(text);
            // Each statement has its own result, which may be an error. So all results have to be read.
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                continue;
            }
        } catch (SQLException e) {
            throw new DevModeException("%s failed: %s", file, String.valueOf(e.getMessage()));
        }
    }
}
