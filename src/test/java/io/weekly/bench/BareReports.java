package io.weekly.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * The minimum SQL for the two stages of a report. Threads claim 50 jobs in one transaction, read the report of each, and write the ends of
 * all 50 in another: status, files, the next job, delivery, audit event, counter. Before a delivery, one more commit records that it
 * starts. The driver rewrites batches to inserts of many rows.
 */
public final class BareReports {

    private static final int THREADS = 2;
    private static final String HEAD =
            """
            SELECT id, tenant_id, report_id
            FROM job
            WHERE lane = ? AND state = 'ready'
            ORDER BY priority, turn, id
            LIMIT 50
            FOR UPDATE SKIP LOCKED""";
    private static final String TAKE =
            """
            UPDATE job
            SET state = 'leased', lease_token = 1, due_at = NOW(6) + INTERVAL 60 SECOND, attempt = attempt + 1
            WHERE id = ?""";
    private static final String READ =
            """
            SELECT r.definition, r.period, r.status, r.formats, r.run_id, t.slug, t.name, t.zone, rc.name, rc.email, rc.locale
            FROM report r
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE r.tenant_id = ? AND r.id = ?""";
    private static final String GENERATED =
            """
            UPDATE report
            SET status = 'generated', attempt = 1, started_at = NOW(6), generated_at = NOW(6), definition_version = '1',
                changes = changes + 1
            WHERE tenant_id = ? AND id = ?""";
    private static final String DELIVERED =
            """
            UPDATE report
            SET status = 'delivered', attempt = 1, delivered_at = NOW(6), changes = changes + 1
            WHERE tenant_id = ? AND id = ?""";
    private static final String FILE =
            """
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            VALUES (?, ?, ?, 'application/pdf', 1, REPEAT('0', 64), CONCAT('t/p/', HEX(?), '.pdf'), NOW(6), NOW(6) + INTERVAL 1 DAY)""";
    private static final String NEXT_JOB =
            """
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            VALUES ('deliver', 'ready', 1, ?, ?, ?, 0, NOW(6), FALSE, NOW(6))""";
    private static final String AUDIT =
            """
            INSERT INTO audit_event (tenant_id, at, actor, action, subject, detail)
            VALUES (?, NOW(6), 'service', 'report.bare', LOWER(HEX(?)), '{"attempt": 1, "definition": "1", "files": ["pdf", "mail"]}')""";
    private static final String COUNT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES (0, REPEAT('0', 16), 'bare', ?)""";
    private static final String MARK =
            """
            UPDATE job
            SET handing_over = TRUE, due_at = NOW(6) + INTERVAL 45 SECOND
            WHERE id = ? AND lease_token = 1 AND state = 'leased'""";
    private static final String BEGIN =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at)
            VALUES (?, ?, 1, 'attachment', 'r@bench.test', CONCAT('<', HEX(?), '.1@bench.test>'), 1, FALSE, NOW(6))""";
    private static final String END =
            """
            UPDATE delivery
            SET outcome = 'accepted', reply = '250 ok', ended_at = NOW(6)
            WHERE tenant_id = ? AND report_id = ? AND number = 1""";
    private static final String DONE =
            """
            DELETE FROM job
            WHERE id = ?""";

    private final String url;
    private final String user;
    private final String password;

    public BareReports(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    private record Job(long id, int tenant, byte[] report) {}

    private interface Stage {
        void of(Connection connection, List<Job> jobs) throws SQLException;
    }

    /** Returns when this number of reports is generated. */
    public void generate(int jobs) throws Exception {
        run("generate", jobs, BareReports::generated);
    }

    /** Returns when this number of reports is delivered. */
    public void deliver(int jobs) throws Exception {
        run("deliver", jobs, BareReports::delivered);
    }

    private void run(String lane, int jobs, Stage stage) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var work = threads.invokeAll(Collections.<Callable<Integer>>nCopies(THREADS, () -> loop(lane, stage)));
            var done = 0;
            for (var one : work) {
                done += one.get();
            }
            if (done != jobs) {
                throw new IllegalStateException(done + " jobs instead of " + jobs);
            }
        }
    }

    private int loop(String lane, Stage stage) throws SQLException {
        var done = 0;
        try (var connection = DriverManager.getConnection(
                url + "?useServerPrepStmts=true&cachePrepStmts=true&rewriteBatchedStatements=true", user, password)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (var claimed = claim(connection, lane); !claimed.isEmpty(); claimed = claim(connection, lane)) {
                stage.of(connection, claimed);
                done += claimed.size();
            }
        }
        return done;
    }

    private static List<Job> claim(Connection connection, String lane) throws SQLException {
        var jobs = new ArrayList<Job>();
        try (var head = connection.prepareStatement(HEAD)) {
            head.setString(1, lane);
            try (var rows = head.executeQuery()) {
                while (rows.next()) {
                    jobs.add(new Job(rows.getLong(1), rows.getInt(2), rows.getBytes(3)));
                }
            }
        }
        each(connection, TAKE, jobs, (statement, job) -> statement.setLong(1, job.id()));
        connection.commit();
        return jobs;
    }

    private static void generated(Connection connection, List<Job> jobs) throws SQLException {
        for (var job : jobs) {
            read(connection, job);
        }
        each(connection, GENERATED, jobs, BareReports::key);
        for (var format : List.of("pdf", "mail")) {
            each(connection, FILE, jobs, (statement, job) -> {
                key(statement, job);
                statement.setString(3, format);
                statement.setBytes(4, job.report());
            });
        }
        each(connection, DONE, jobs, (statement, job) -> statement.setLong(1, job.id()));
        each(connection, NEXT_JOB, jobs, (statement, job) -> {
            statement.setLong(1, job.id());
            statement.setInt(2, job.tenant());
            statement.setBytes(3, job.report());
        });
        told(connection, jobs);
    }

    private static void delivered(Connection connection, List<Job> jobs) throws SQLException {
        for (var job : jobs) {
            read(connection, job);
            var one = List.of(job);
            each(connection, MARK, one, (statement, marked) -> statement.setLong(1, marked.id()));
            each(connection, BEGIN, one, (statement, begun) -> {
                key(statement, begun);
                statement.setBytes(3, begun.report());
            });
            each(connection, AUDIT, one, BareReports::key);
            connection.commit();
        }
        each(connection, END, jobs, BareReports::key);
        each(connection, DELIVERED, jobs, BareReports::key);
        each(connection, DONE, jobs, (statement, job) -> statement.setLong(1, job.id()));
        told(connection, jobs);
    }

    private static void told(Connection connection, List<Job> jobs) throws SQLException {
        each(connection, AUDIT, jobs, BareReports::key);
        for (var delta : List.of(-jobs.size(), jobs.size())) {
            each(connection, COUNT, jobs.subList(0, 1), (statement, any) -> statement.setInt(1, delta));
        }
        connection.commit();
    }

    private static void read(Connection connection, Job job) throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            key(statement, job);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("a job without its report");
                }
            }
        }
    }

    private static void key(PreparedStatement statement, Job job) throws SQLException {
        statement.setInt(1, job.tenant());
        statement.setBytes(2, job.report());
    }

    private interface Values {
        void of(PreparedStatement statement, Job job) throws SQLException;
    }

    private static void each(Connection connection, String sql, List<Job> jobs, Values values) throws SQLException {
        if (jobs.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var job : jobs) {
                values.of(statement, job);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
