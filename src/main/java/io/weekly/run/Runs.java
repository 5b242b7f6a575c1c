package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Repeated;
import io.weekly.database.Utc;
import io.weekly.database.Where;
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

/** Runs as their tenants and operators see them. How one begins is {@link RunStart}, how it ends {@link RunSweeper}. */
@ApplicationScoped
public class Runs {

    // Newest first is the order of the runs' own keys: left to itself the optimizer begins with the tenants and sorts all there is.
    private static final String SELECT =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(r.id)) AS id, r.tenant_id, t.slug AS tenant, r.definition, r.period, r.revision, r.triggered_by,
                   r.state, r.due, r.delivery, r.started_at, r.finished_at
            FROM run r
            JOIN tenant t ON t.id = r.tenant_id
            %s
            ORDER BY r.id DESC
            LIMIT ?""";
    // What is folded, and what is not yet; one statement, so that nothing is counted twice or not at all in between.
    private static final String COUNTS =
            """
            SELECT LOWER(HEX(run_id)) AS id, status, n
            FROM run_count
            WHERE run_id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(run_id)), status, delta
            FROM run_delta
            WHERE run_id IN (%1$s)""";

    private final Database database;
    private final Clock clock;

    Runs(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The run, where it exists and the scope may see it. */
    public Uni<Optional<Run>> find(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
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
                        .andIfGiven("r.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
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
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Runs::run).toList())
                .flatMap(this::withCounts);
    }

    private Uni<List<Run>> withCounts(List<Run> runs) {
        if (runs.isEmpty()) {
            return Uni.createFrom().item(runs);
        }
        var counts = new HashMap<String, Map<String, Integer>>();
        var values = new ArrayList<Object>();
        for (var run : runs) {
            counts.put(run.id(), run.counts());
            values.add(run.id());
        }
        values.addAll(List.copyOf(values));
        var sql = COUNTS.formatted(Repeated.of("UNHEX(?)", runs.size()));
        return database.client().preparedQuery(sql).execute(Tuple.from(values)).map(rows -> {
            rows.forEach(row -> counts.get(row.getString("id")).merge(row.getString("status"), row.getInteger("n"), Integer::sum));
            counts.values().forEach(ofOne -> ofOne.values().removeIf(count -> count == 0));
            return runs.stream().map(run -> run.withEta(clock.instant())).toList();
        });
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
                null,
                row.getInteger("tenant_id"),
                DeliveryMode.of(row.getString("delivery")).orElseThrow());
    }
}
