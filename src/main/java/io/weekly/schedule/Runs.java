package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.database.Where;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as their tenants and operators see them. How one begins is {@link RunStart}, how it ends {@link RunSweeper}. */
@ApplicationScoped
public class Runs {

    // A page of runs first, then the counts of each: what is folded and what is not yet.
    private static final String SELECT =
            """
            SELECT p.id, p.tenant_id, p.tenant, p.definition, p.period, p.revision, p.triggered_by, p.state, p.due, p.started_at,
                   p.finished_at, c.status, c.n
            FROM (SELECT LOWER(HEX(r.id)) AS id, r.id AS run_id, r.tenant_id, t.slug AS tenant, r.definition, r.period, r.revision,
                         r.triggered_by, r.state, r.due, r.started_at, r.finished_at
                  FROM run r
                  JOIN tenant t ON t.id = r.tenant_id
                  %s
                  ORDER BY r.id DESC
                  LIMIT ?) p
            LEFT JOIN (SELECT run_id, status, n FROM run_count
                       UNION ALL
                       SELECT run_id, status, delta FROM run_delta) c ON c.run_id = p.run_id
            ORDER BY p.run_id DESC""";

    private final Database database;

    Runs(Database database) {
        this.database = database;
    }

    /** The run, where it exists and the scope may see it. */
    public Uni<Optional<Run>> find(Scope scope, String id) {
        return read(scope.within(new Where().and("r.id = UNHEX(?)", id), "r"), 1)
                .map(found -> found.stream().findFirst());
    }

    /**
     * The newest runs first.
     *
     * @param before the last id of the page before; null for the first page
     */
    public Uni<List<Run>> list(Scope scope, RunFilter filter, int limit, String before) {
        var state = filter.state() == null ? null : filter.state().text();
        return read(
                scope.within(new Where(), "r")
                        .andIfGiven("t.slug = ?", filter.tenant())
                        .andIfGiven("r.definition = ?", filter.definition())
                        .andIfGiven("r.period = ?", filter.period())
                        .andIfGiven("r.state = ?", state)
                        .andIfGiven("r.id < UNHEX(?)", before),
                limit);
    }

    private Uni<List<Run>> read(Where where, int limit) {
        return database.client()
                .preparedQuery(SELECT.formatted(where.sql()))
                .execute(where.with(limit))
                .map(Runs::runs);
    }

    private static List<Run> runs(RowSet<Row> rows) {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (var row : rows) {
            var run = runs.computeIfAbsent(row.getString("id"), id -> run(row));
            if (row.getString("status") != null) {
                run.counts().merge(row.getString("status"), row.getInteger("n"), Integer::sum);
            }
        }
        runs.values().forEach(run -> run.counts().values().removeIf(count -> count == 0));
        return new ArrayList<>(runs.values());
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
                new LinkedHashMap<>(),
                Utc.instant(row.getLocalDateTime("started_at")),
                Utc.instant(row.getLocalDateTime("finished_at")),
                row.getInteger("tenant_id"));
    }
}
