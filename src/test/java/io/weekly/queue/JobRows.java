package io.weekly.queue;

import static io.weekly.testing.World.get;
import static java.util.Comparator.comparing;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.queue.QueueModel.Due;
import io.weekly.queue.QueueModel.Job;
import io.weekly.queue.QueueModel.Key;
import io.weekly.queue.QueueModel.State;
import io.weekly.testing.World;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads the table {@code job} for a test, and changes what only time would change. */
record JobRows(World world, Database database) {

    static final String DEFINITION = "model";

    private static final String JOBS =
            """
            SELECT id, lane, state, priority, turn, tenant_id, LOWER(HEX(report_id)) AS report_id, attempt,
                   COALESCE(lease_token, 0) AS lease_token, handing_over <> 0 AS handing_over,
                   CASE WHEN due_at <= NOW(6) THEN 'COME' WHEN due_at < '9999-01-01' THEN 'LATER' ELSE 'NEVER' END AS due
            FROM job""";
    private static final String REPORT =
            """
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, UNHEX(?), UNHEX(?), 'bulk', 'pdf', 'none', 'queued', 0, NOW(6))""";

    /** Deletes all jobs and reports of chunks, resets the turns and resumes the lanes. */
    void clear() {
        get(database.transaction(transaction -> Multi.createFrom()
                .items("DELETE FROM job", "DELETE FROM tenant_turn", "UPDATE lane_turn SET turn = 0", "UPDATE lane SET paused = FALSE",
                        "DELETE FROM report WHERE definition = '" + DEFINITION + "'")
                .onItem()
                .transformToUniAndConcatenate(sql -> transaction.query(sql).execute())
                .collect()
                .last()));
    }

    SortedMap<Key, Job> all() {
        var jobs = new TreeMap<Key, Job>(comparing(Key::report).thenComparing(Key::lane));
        world.rows(JOBS).forEach(row -> jobs.put(new Key(row.getString("report_id"), Lane.of(row.getString("lane"))), job(row)));
        return jobs;
    }

    private static Job job(Row row) {
        return new Job(
                row.getLong("id"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Priority.of(row.getInteger("priority")),
                row.getLong("turn"),
                row.getInteger("tenant_id"),
                row.getInteger("attempt"),
                row.getLong("lease_token"),
                row.getInteger("handing_over") != 0,
                Due.valueOf(row.getString("due")));
    }

    /** The pause or the lease of these jobs is over. */
    void pass(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            world.sql("UPDATE job SET due_at = NOW(6) - INTERVAL 1 SECOND WHERE id IN (" + Placeholders.of("?", ids.size()) + ")",
                    ids.toArray());
        }
    }

    /** Adds the reports of a chunk, as a run does before it enqueues. */
    void reports(RunChunk chunk, List<String> ids) {
        var reports = IntStream.range(0, ids.size())
                .mapToObj(i -> Tuple.from(new Object[] {
                    chunk.tenantId(), ids.get(i), chunk.after() + 1 + i, DEFINITION, chunk.period(), chunk.revision(), "0".repeat(32),
                    chunk.runId()
                }))
                .toList();
        get(database.transaction(transaction -> transaction.preparedQuery(REPORT).executeBatch(reports)));
    }
}
