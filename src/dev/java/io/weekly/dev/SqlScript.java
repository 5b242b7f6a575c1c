package io.weekly.dev;

import com.mysql.cj.jdbc.Driver;
import io.weekly.audit.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A database as a file, such as mysqldump writes it. The server itself takes it apart: the whole text goes to it at once, so that quotes
 * and comments are read by the one who knows how. A dump that names no database goes into one called as the file.
 */
public record SqlScript(Path file, String text) {
    /** What a server takes in one piece ({@code --max-allowed-packet}), with room to spare. */
    private static final long LARGEST = 60_000_000;
    private static final Set<String> NOT_THEIRS = Set.of("weekly", "mysql", "sys", "information_schema", "performance_schema");
    /** At the begin of a line, as every dump has it, and no sentence of a comment; {@code /*!…*}{@code /} is code for MySQL. */
    private static final Pattern DATABASE = Pattern.compile("(?im)^\\s*(?:/\\*!\\d+\\s*)?"
            + "(?:(?:CREATE|DROP)\\s+(?:DATABASE|SCHEMA)|USE)\\b(?:\\s+|/\\*!\\d+[^*]*\\*/|IF\\s+(?:NOT\\s+)?EXISTS\\b)*`?([\\p{L}\\w$-]+)`?"
            + "\\s*(?:;|/\\*|DEFAULT\\b|CHARACTER\\b|CHARSET\\b|COLLATE\\b|\\z)");
    /** A word of the command line client that a server does not know; dumps have it around triggers and routines. */
    private static final Pattern DELIMITER = Pattern.compile("(?im)^\\s*DELIMITER\\s");

    public static SqlScript of(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new DevModeException("%s is larger than %d MB: load it with a client of your own, into the server that the log names.",
                        file, LARGEST / 1_000_000);
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
            throw new DevModeException("%s:%d: DELIMITER is a word of the mysql client, no SQL: dump without triggers and routines"
                    + " (mysqldump --skip-triggers).", file, text.substring(0, client.end()).lines().count());
        }
        databases().stream().filter(NOT_THEIRS::contains).findFirst().ifPresent(name -> {
            throw new DevModeException("%s is for the database %s, which is the service's or the server's own.", file, name);
        });
    }

    /** Those that it names, or the one that is called as the file. */
    public Set<String> databases() {
        Set<String> named = new TreeSet<>();
        DATABASE.matcher(text).results().forEach(match -> named.add(match.group(1)));
        return named.isEmpty() ? Set.of(nameOfTheFile()) : named;
    }

    private String nameOfTheFile() {
        return file.getFileName().toString().replaceFirst("\\.sql$", "");
    }

    /** The same text has the same mark. */
    String mark() {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    public void run(String host, int port, String user, String password) {
        Properties options = new Properties();
        options.setProperty("user", user);
        options.setProperty("password", password);
        options.setProperty("allowMultiQueries", "true");
        // The driver is called directly: DriverManager knows only what the first class loader registered.
        try (Connection connection = new Driver().connect("jdbc:mysql://" + host + ":" + port + "/", options);
                Statement statement = connection.createStatement()) {
            if (!DATABASE.matcher(text).find()) {
                statement.execute("CREATE DATABASE IF NOT EXISTS `" + nameOfTheFile() + "` CHARACTER SET utf8mb4");
                statement.execute("USE `" + nameOfTheFile() + "`");
            }
            statement.execute(text);
            // A statement's error comes with its own answer: whoever stops reading takes a broken script for a good one.
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                continue;
            }
        } catch (SQLException e) {
            throw new DevModeException("%s failed: %s", file, e.getMessage());
        }
    }
}
