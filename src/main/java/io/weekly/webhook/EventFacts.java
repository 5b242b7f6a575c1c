package io.weekly.webhook;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Placeholders;
import io.weekly.webhook.OutgoingEvent.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Reads what payloads say about reports and runs, in the transaction of the event and with few statements. */
@ApplicationScoped
class EventFacts {

    private static final int CHUNK = 128;

    /** The ids of reports or runs of one tenant. */
    record Subjects(int tenantId, List<String> ids) {

        private List<List<String>> chunks() {
            var chunks = new ArrayList<List<String>>();
            for (var from = 0; from < ids.size(); from += CHUNK) {
                chunks.add(Padding.toPowerOfTwo(ids.subList(from, Math.min(from + CHUNK, ids.size()))));
            }
            return chunks;
        }
    }

    private static final String REPORTS =
            """
            SELECT LOWER(HEX(r.id)) AS id, LOWER(HEX(r.run_id)) AS run, r.recipient_id, rc.user_id, r.definition, r.period, r.revision,
              r.mail_to IS NOT NULL AS sample
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE r.tenant_id = ? AND r.id IN (%s)""";

    /** What payloads say about these reports, by id. */
    Uni<Map<String, Facts>> reports(SqlClient transaction, String tenant, Subjects reports) {
        return Multi.createFrom()
                .iterable(reports.chunks())
                .onItem()
                .transformToUniAndConcatenate(chunk -> transaction
                        .preparedQuery(REPORTS.formatted(Placeholders.of("UNHEX(?)", chunk.size())))
                        .execute(values(reports.tenantId(), chunk)))
                .collect()
                .in(HashMap<String, Facts>::new, (all, rows) -> rows.forEach(row -> all.put(row.getString("id"), report(tenant, row))))
                .map(all -> all);
    }

    private static Tuple values(int tenantId, List<String> ids) {
        var values = Tuple.of(tenantId);
        ids.forEach(values::addString);
        return values;
    }

    private static Facts report(String tenant, Row row) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", row.getString("id"));
        data.put("tenant", tenant);
        data.put("run", row.getString("run"));
        data.put("recipient", row.getString("user_id"));
        data.put("definition", row.getString("definition"));
        data.put("period", row.getString("period"));
        data.put("revision", row.getInteger("revision"));
        data.put("sample", row.getBoolean("sample"));
        return new Facts(Optional.of(row.getLong("recipient_id")), data);
    }

    private static final String RUN =
            """
            SELECT definition, period, revision, state, due
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    // Also counts the changes that the sweeper has not folded yet.
    private static final String COUNTS =
            """
            SELECT c.status, CAST(SUM(c.n) AS SIGNED) AS reports
            FROM (
              SELECT status, n FROM run_count WHERE run_id = UNHEX(?)
              UNION ALL
              SELECT status, delta FROM run_delta WHERE run_id = UNHEX(?)
            ) c
            GROUP BY c.status
            HAVING SUM(c.n) <> 0""";

    /** What payloads say about these runs, by id. A transaction has an event of one run, or of few. */
    Uni<Map<String, Facts>> runs(SqlClient transaction, String tenant, Subjects runs) {
        return Multi.createFrom()
                .iterable(runs.ids())
                .onItem()
                .transformToUniAndConcatenate(id -> transaction
                        .preparedQuery(RUN)
                        .execute(Tuple.of(runs.tenantId(), id))
                        .flatMap(found -> transaction.preparedQuery(COUNTS).execute(Tuple.of(id, id)).map(counts ->
                                StreamSupport.stream(found.spliterator(), false)
                                        .map(row -> Map.entry(id, run(id, tenant, row, counts)))
                                        .toList())))
                .onItem()
                .<Map.Entry<String, Facts>>disjoint()
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Facts run(String id, String tenant, Row row, Iterable<Row> counts) {
        var byStatus = new TreeMap<String, Long>();
        counts.forEach(count -> byStatus.put(count.getString("status"), count.getLong("reports")));
        var data = new LinkedHashMap<String, Object>();
        data.put("id", id);
        data.put("tenant", tenant);
        data.put("definition", row.getString("definition"));
        data.put("period", row.getString("period"));
        data.put("revision", row.getInteger("revision"));
        data.put("state", row.getString("state"));
        data.put("due", row.getInteger("due"));
        data.put("counts", byStatus);
        return new Facts(Optional.empty(), data);
    }
}
