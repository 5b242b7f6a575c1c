package io.weekly.owner;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Keyset;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.report.ReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Reads the runs of a tenant that ended in a time and have problems, and earlier runs of which a report bounced or failed in that time. It
 * reads rows of runs and their counters, and no reports: a run of 100,000 reports costs as much as one of ten.
 */
final class DigestRuns {

    private static final int PAGE = 200;
    /** A schedule has one run of a week, so this is more than a digest can be about. */
    private static final int MAX_RUNS = 50_000;
    /** Ids of runs begin with the time of their start. A run that took longer than this is not found. */
    private static final Duration LONGEST_RUN = Duration.ofDays(30);

    private DigestRuns() {}

    /**
     * The runs with problems, the oldest first. A run is in two digests if its last late end came between {@code until} and the first
     * digest: {@code late_at} has only the last one, and an earlier one must not be missed.
     */
    static Uni<List<DigestRun>> read(SqlClient client, DigestTenant tenant, Instant from, Instant until) {
        return Keyset.pages(startedAt(from.minus(LONGEST_RUN)), after -> page(client, tenant, from, until, after), DigestRun::id)
                .onItem()
                .transformToUniAndConcatenate(page -> withCounts(client, tenant, page))
                .onItem()
                .transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page))
                .filter(run -> run.problems() > 0)
                .select()
                .first(MAX_RUNS)
                .collect()
                .asList();
    }

    private static String startedAt(Instant time) {
        return HexFormat.of().toHexDigits(time.toEpochMilli(), 12) + "0".repeat(20);
    }

    // The range of ids in the key of the runs leaves the runs of some weeks. The schedule has to be one that has not ended: nobody is
    // responsible for the others.
    private static final String RUNS =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(r.id)) AS id, LOWER(HEX(r.schedule_id)) AS schedule, s.owner, r.definition, r.period, r.revision,
                   r.due, r.started_at
            FROM run r FORCE INDEX (PRIMARY)
            JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            WHERE r.tenant_id = ? AND r.id > UNHEX(?) AND s.ended_at IS NULL AND s.owner <> '' AND r.finished_at <= ?
              AND (r.finished_at > ? OR r.late_at > ?)
            ORDER BY r.id
            LIMIT ?""";

    private static Uni<List<DigestRun>> page(SqlClient client, DigestTenant tenant, Instant from, Instant until, String after) {
        return client.preparedQuery(RUNS)
                .execute(Tuple.from(new Object[] {
                    tenant.id(), after, Utc.column(until), Utc.column(from), Utc.column(from), PAGE
                }))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DigestRuns::run).toList());
    }

    private static DigestRun run(Row row) {
        return new DigestRun(
                row.getString("id"),
                row.getString("schedule"),
                row.getString("owner"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                row.getInteger("due"),
                Utc.instant(row.getLocalDateTime("started_at")),
                Map.of());
    }

    // In one statement: between two of them a change could be folded into the counters.
    private static final String COUNTS =
            """
            SELECT LOWER(HEX(run_id)) AS id, status, n
            FROM run_count
            WHERE tenant_id = ? AND run_id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(run_id)), status, delta
            FROM run_delta
            WHERE tenant_id = ? AND run_id IN (%1$s)""";

    private static Uni<List<DigestRun>> withCounts(SqlClient client, DigestTenant tenant, List<DigestRun> runs) {
        if (runs.isEmpty()) {
            return Uni.createFrom().item(runs);
        }
        var values = new ArrayList<Object>();
        for (var part = 0; part < 2; part++) {
            values.add(tenant.id());
            runs.forEach(run -> values.add(run.id()));
        }
        var sql = COUNTS.formatted(Placeholders.of("UNHEX(?)", runs.size()));
        return client.preparedQuery(sql).execute(Tuple.from(values)).map(rows -> {
            var counts = new HashMap<String, Map<ReportStatus, Integer>>();
            rows.forEach(row -> ReportStatus.of(row.getString("status"))
                    .ifPresent(status -> counts.computeIfAbsent(row.getString("id"), _ -> new EnumMap<>(ReportStatus.class))
                            .merge(status, row.getInteger("n"), Integer::sum)));
            return runs.stream().map(run -> run.with(counts.getOrDefault(run.id(), Map.of()))).toList();
        });
    }
}
