package io.weekly.dev;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Runs statements on a server, without a database. A connection pool would need a database. */
public final class DatabaseServer {
    private DatabaseServer() {
    }

    public static void execute(String host, int port, String user, String password, String sql) {
        Properties account = new Properties();
        account.setProperty("user", user);
        account.setProperty("password", password);
        // Not by DriverManager, which knows only the drivers that the first class loader registered.
        try (Connection connection = new Driver().connect("jdbc:mysql://" + host + ":" + port + "/", account);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("%s failed on %s:%d: %s".formatted(sql, host, port, e.getMessage()), e);
        }
    }
}
