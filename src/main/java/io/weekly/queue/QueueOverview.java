package io.weekly.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.queue.QueueState.LaneState;
import io.weekly.queue.QueueState.WorkerState;
import io.weekly.queue.WorkerRegistry.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the state of the queue: counts the jobs, and adds up the figures that the living workers wrote with their last heartbeat. */
@ApplicationScoped
public class QueueOverview {

    // Reads only the index job_head, which begins with these two columns.
    private static final String COUNTS =
            """
            SELECT lane, state, COUNT(*) AS jobs
            FROM job
            GROUP BY lane, state""";
    // Without the hint the optimizer reads every ready job of the lane by its primary key: half a second with 200,000 jobs.
    private static final String OLDEST =
            """
            SELECT TIMESTAMPDIFF(MICROSECOND, due_at, NOW(6)) AS micros
            FROM job FORCE INDEX (job_due)
            WHERE state = 'ready' AND lane = ?
            ORDER BY due_at
            LIMIT 1""";

    private final Database database;
    private final Lanes lanes;
    private final WorkerRegistry registry;

    QueueOverview(Database database, Lanes lanes, WorkerRegistry registry) {
        this.database = database;
        this.lanes = lanes;
        this.registry = registry;
    }

    /** The state now. Its parts are read one after the other, a few milliseconds apart. */
    public Uni<QueueState> now() {
        return registry.living().flatMap(workers -> lanes(workers)
                .map(states -> new QueueState(states, workers.stream().map(QueueOverview::state).toList())));
    }

    /** The state of one lane now. */
    public Uni<LaneState> of(Lane lane) {
        return now().map(state -> state.lanes().get(lane.ordinal()));
    }

    private Uni<List<LaneState>> lanes(List<Seen> workers) {
        return lanes.paused().flatMap(paused -> counts().flatMap(counts -> Multi.createFrom()
                .items(Lane.values())
                .onItem()
                .transformToUniAndConcatenate(lane -> oldestSeconds(lane)
                        .map(oldest -> state(lane, paused, counts.getOrDefault(lane, Map.of()), oldest, workers)))
                .collect()
                .asList()));
    }

    private Uni<Map<Lane, Map<String, Long>>> counts() {
        return database.client().query(COUNTS).execute().map(rows -> {
            var counts = new EnumMap<Lane, Map<String, Long>>(Lane.class);
            for (var row : rows) {
                counts.computeIfAbsent(Lane.of(row.getString("lane")), _ -> new HashMap<>())
                        .put(row.getString("state"), row.getLong("jobs"));
            }
            return counts;
        });
    }

    private Uni<Double> oldestSeconds(Lane lane) {
        return database.client().preparedQuery(OLDEST).execute(Tuple.of(lane.sql())).map(QueueOverview::seconds);
    }

    private static double seconds(RowSet<Row> rows) {
        var first = rows.iterator();
        return first.hasNext() ? Math.max(0, Math.round(first.next().getLong("micros") / 1e3)) / 1e3 : 0;
    }

    private static LaneState state(Lane lane, Set<Lane> paused, Map<String, Long> jobs, double oldestSeconds, List<Seen> workers) {
        var figures = workers.stream()
                .map(worker -> worker.lanes().getOrDefault(lane.sql(), LaneFigures.NONE))
                .reduce(LaneFigures.NONE, LaneFigures::plus);
        return new LaneState(
                lane,
                paused.contains(lane),
                jobs.getOrDefault("ready", 0L),
                jobs.getOrDefault("scheduled", 0L),
                jobs.getOrDefault("leased", 0L),
                oldestSeconds,
                figures.finished(),
                figures.failed(),
                figures.waits().p95Seconds());
    }

    private static WorkerState state(Seen worker) {
        var running = worker.lanes().values().stream().mapToInt(LaneFigures::running).sum();
        return new WorkerState(worker.id(), worker.host(), List.copyOf(worker.lanes().keySet()), running, worker.lastSeen());
    }
}
