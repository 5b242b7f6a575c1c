package io.weekly.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * The minimum work of a queue in a database: threads claim 50 rows of {@code bare_job} in one transaction and delete them in the next.
 */
public final class BareLoop {

    private static final int THREADS = 2;
    private static final String HEAD =
            """
            SELECT id
            FROM bare_job
            WHERE lane = 'generate' AND state = 'ready'
            ORDER BY priority, turn, id
            LIMIT 50
            FOR UPDATE SKIP LOCKED""";
    private static final String TAKE =
            """
            UPDATE bare_job
            SET state = 'leased', lease_token = 1, due_at = NOW(6) + INTERVAL 60 SECOND, attempt = attempt + 1
            WHERE id IN (%s)""";
    private static final String DONE =
            """
            DELETE FROM bare_job
            WHERE id IN (%s)""";

    private final String url;
    private final String user;
    private final String password;

    public BareLoop(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Returns when this number of jobs is done. */
    public void run(int jobs) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var work = threads.invokeAll(Collections.<Callable<Integer>>nCopies(THREADS, this::loop));
            var done = 0;
            for (var one : work) {
                done += one.get();
            }
            if (done != jobs) {
                throw new IllegalStateException(done + " jobs instead of " + jobs);
            }
        }
    }

    private int loop() throws SQLException {
        var done = 0;
        try (var connection = DriverManager.getConnection(url + "?useServerPrepStmts=true&cachePrepStmts=true", user, password)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (var claimed = claim(connection); !claimed.isEmpty(); claimed = claim(connection)) {
                change(connection, DONE, claimed);
                connection.commit();
                done += claimed.size();
            }
        }
        return done;
    }

    private static List<Long> claim(Connection connection) throws SQLException {
        var ids = new ArrayList<Long>();
        try (var head = connection.prepareStatement(HEAD); var rows = head.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        if (!ids.isEmpty()) {
            change(connection, TAKE, ids);
        }
        connection.commit();
        return ids;
    }

    private static void change(Connection connection, String sql, List<Long> ids) throws SQLException {
        try (var statement = connection.prepareStatement(sql.formatted(String.join(", ", Collections.nCopies(ids.size(), "?"))))) {
            for (var i = 0; i < ids.size(); i++) {
                statement.setLong(i + 1, ids.get(i));
            }
            statement.executeUpdate();
        }
    }
}
