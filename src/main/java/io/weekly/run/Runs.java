package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads runs for the API. {@link RunStart} starts them, {@link RunSweeper} ends them. */
@ApplicationScoped
public class Runs {

    private final Database database;
    private final Clock clock;

    Runs(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A run; empty if the scope sees no such run. */
    public Uni<Optional<Run>> find(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return read(scope.within(new QueryConditions().and("r.id = UNHEX(?)", id), "r"), 1)
                .map(found -> found.stream().findFirst());
    }

    /**
     * A page of runs, the newest first.
     *
     * @param before the last id of the previous page; null for the first page
     */
    public Uni<List<Run>> list(Scope scope, RunFilter filter, int limit, @Nullable String before) {
        var state = filter.state() == null ? null : filter.state().text();
        return read(
                scope.within(new QueryConditions(), "r")
                        .andIfGiven("r.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
                        .andIfGiven("r.definition = ?", filter.definition())
                        .andIfGiven("r.period = ?", filter.period())
                        .andIfGiven("r.state = ?", state)
                        .andIfGiven("r.id < UNHEX(?)", before),
                limit);
    }

    // Without the join order the optimizer starts with the tenants and sorts all runs, although the key of the runs gives the order.
    private static final String SELECT =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(r.id)) AS id, r.tenant_id, t.slug AS tenant, r.definition, r.period, r.revision, r.triggered_by,
                   r.state, r.due, r.delivery, r.started_at, r.finished_at, r.nothing_due
            FROM run r
            JOIN tenant t ON t.id = r.tenant_id
            %s
            ORDER BY r.id DESC
            LIMIT ?""";

    private Uni<List<Run>> read(QueryConditions where, int limit) {
        return database.client()
                .preparedQuery(SELECT.formatted(where.sql()))
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Runs::run).toList())
                .flatMap(this::withCounts);
    }

    // Folded counters and changes that are not folded yet, in one statement: between two statements a change could be folded, and would
    // be counted twice or not at all. The last part counts the reports with warnings, under a name that is no status.
    private static final String COUNTS =
            """
            SELECT LOWER(HEX(run_id)) AS id, status, n
            FROM run_count
            WHERE run_id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(run_id)), status, delta
            FROM run_delta
            WHERE run_id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(run_id)), 'warnings', COUNT(*)
            FROM report_warning
            WHERE run_id IN (%1$s)
            GROUP BY run_id""";
    private static final String WARNINGS = "warnings";

    private Uni<List<Run>> withCounts(List<Run> runs) {
        if (runs.isEmpty()) {
            return Uni.createFrom().item(runs);
        }
        var ids = runs.stream().map(Run::id).toList();
        var values = new ArrayList<Object>(ids);
        values.addAll(ids);
        values.addAll(ids);
        var sql = COUNTS.formatted(Placeholders.of("UNHEX(?)", ids.size()));
        return database.client().preparedQuery(sql).execute(Tuple.from(values)).map(rows -> {
            var counts = new HashMap<String, Map<String, Integer>>();
            rows.forEach(row -> counts.computeIfAbsent(row.getString("id"), _ -> new LinkedHashMap<>())
                    .merge(row.getString("status"), row.getInteger("n"), Integer::sum));
            counts.values().forEach(ofRun -> ofRun.values().removeIf(count -> count == 0));
            return runs.stream().map(run -> with(run, counts.getOrDefault(run.id(), new HashMap<>()))).toList();
        });
    }

    private Run with(Run run, Map<String, Integer> counts) {
        var warned = counts.remove(WARNINGS);
        return run.with(counts, warned == null ? 0 : warned, clock.instant());
    }

    private static Run run(Row row) {
        return new Run(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                row.getString("triggered_by"),
                RunState.of(row.getString("state")),
                row.getInteger("due"),
                Map.of(),
                0,
                Utc.instant(row.getLocalDateTime("started_at")),
                Utc.instant(row.getLocalDateTime("finished_at")),
                null,
                row.getString("nothing_due"),
                null,
                row.getInteger("tenant_id"),
                DeliveryMode.of(row.getString("delivery")).orElseThrow());
    }
}
