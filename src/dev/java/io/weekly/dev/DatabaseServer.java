package io.weekly.dev;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Statements for a server as a whole, before there is a database that a pool could connect to. */
public final class DatabaseServer {
    private DatabaseServer() {
    }

    public static void execute(String host, int port, String user, String password, String sql) {
        Properties account = new Properties();
        account.setProperty("user", user);
        account.setProperty("password", password);
        // The driver is called directly: DriverManager knows only what the first class loader registered.
        try (Connection connection = new Driver().connect("jdbc:mysql://" + host + ":" + port + "/", account);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("%s failed on %s:%d: %s".formatted(sql, host, port, e.getMessage()), e);
        }
    }
}
