package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.dev.DevFolder;
import io.weekly.dev.EmbeddedDatabase;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What V22 makes of addresses that an earlier version stored. */
class AddressDomainsTest {

    @Test
    void domainsBecomeLowerCaseAndNothingElseChanges() throws Exception {
        var folder = new DevFolder(Files.createTempDirectory("weekly-addresses-"));
        try (var server = EmbeddedDatabase.start(folder.database())) {
            server.url("addresses");
            var url = "jdbc:mysql://%s:%d/addresses".formatted(server.host(), server.port());
            migrate(url, "17");
            try (var connection = DriverManager.getConnection(url, "root", "")) {
                for (var recipient : new String[][] {
                    {"1", "Ann.Lee@ACME.Test"}, {"2", "bea@acme.test"}, {"3", ""}, {"4", "Bea@127.0.0.1"}, {"5", "X@XN--MLLER-KVA.example"}
                }) {
                    insert(connection, recipient[0], recipient[1]);
                }
            }

            migrate(url, "22");

            try (var connection = DriverManager.getConnection(url, "root", "")) {
                assertThat(column(connection, "SELECT email FROM recipient ORDER BY user_id")).containsExactly(
                        "Ann.Lee@acme.test", "bea@acme.test", "", "Bea@127.0.0.1", "X@xn--mller-kva.example");
                assertThat(column(connection, "SELECT reply_to FROM tenant ORDER BY slug")).containsExactly(
                        "Ann.Lee@acme.test", "bea@acme.test", "", "Bea@127.0.0.1", "X@xn--mller-kva.example");
                assertThat(column(connection, "SELECT owner FROM schedule ORDER BY tenant_id")).containsExactly(
                        "Ann.Lee@acme.test", "bea@acme.test", "", "Bea@127.0.0.1", "X@xn--mller-kva.example");
            }
        } finally {
            folder.delete();
        }
    }

    private static void migrate(String url, String version) {
        Flyway.configure().dataSource(url, "root", "").target(version).load().migrate();
    }

    /** A tenant, its recipient and its schedule with one address. */
    private static void insert(Connection connection, String id, String address) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(("INSERT INTO tenant (id, slug, name, zone, locale, color, reply_to, created_at, updated_at)"
                            + " VALUES (%1$s, 't%1$s', 'T', 'UTC', 'en', '#000000', '%2$s', NOW(6), NOW(6))")
                    .formatted(id, address));
            statement.execute(("INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)"
                            + " VALUES (%1$s, 'u%1$s', 'Ann', '%2$s', '[]', TRUE, NOW(6), NOW(6))")
                    .formatted(id, address));
            statement.execute(("INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery,"
                            + " owner, catch_up, approval, paused, created_at, updated_at) VALUES (%1$s, UNHEX('0%1$s'), 'd', 1, '06:00',"
                            + " 0, 'pdf', 'none', '%2$s', 'none', 'none', TRUE, NOW(6), NOW(6))")
                    .formatted(id, address));
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
