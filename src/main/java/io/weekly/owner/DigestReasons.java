package io.weekly.owner;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.report.ReportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads why reports of a run did not reach their readers. There is no index on the status of a report, because each change of a status
 * would have to change the index. So this class looks at the reports of the run one after the other, and stops early: when it has found 50
 * of each problem or all of them, or after 100,000 reports of the run, or after 1,000,000 reports of the tenant.
 */
final class DigestReasons {

    private static final int PAGE = 5000;
    private static final int MAX_OF_STATUS = 50;
    private static final int MAX_PAGES_OF_RUN = 20;
    private static final int MAX_PAGES_OF_TENANT = 200;

    private final SqlClient client;
    private final int tenantId;
    private int pages;

    /** For all runs of one tenant. */
    DigestReasons(SqlClient client, int tenantId) {
        this.client = client;
        this.tenantId = tenantId;
    }

    /** The first problems of the run, in the order in which its reports were queued. */
    Uni<List<ReportProblem>> of(DigestRun run) {
        var found = new ArrayList<ReportProblem>();
        return Multi.createBy()
                .repeating()
                .uni(() -> new Position(), position -> page(run, position, found))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWith(found);
    }

    private static final class Position {
        private String after = Ids.NONE;
        private int pages;
    }

    /** Whether there may be more. */
    private Uni<Boolean> page(DigestRun run, Position position, List<ReportProblem> found) {
        var wanted = wanted(run, found);
        if (wanted.isEmpty() || position.pages >= MAX_PAGES_OF_RUN || pages >= MAX_PAGES_OF_TENANT) {
            return Uni.createFrom().item(false);
        }
        position.pages++;
        pages++;
        return last(run, position.after).flatMap(last -> problems(run, position.after, last, wanted)
                .invoke(problems -> keep(problems, found))
                .invoke(() -> last.ifPresent(id -> position.after = id))
                .replaceWith(last.isPresent()));
    }

    /** The problems of which not enough are found. */
    private static List<ReportStatus> wanted(DigestRun run, List<ReportProblem> found) {
        return DigestRun.PROBLEMS.stream()
                .filter(status -> found(found, status) < Math.min(MAX_OF_STATUS, run.count(status)))
                .toList();
    }

    private static long found(List<ReportProblem> found, ReportStatus status) {
        return found.stream().filter(problem -> problem.status() == status).count();
    }

    private static void keep(List<ReportProblem> problems, List<ReportProblem> found) {
        for (var problem : problems) {
            if (found(found, problem.status()) < MAX_OF_STATUS) {
                found.add(problem);
            }
        }
    }

    private static final String LAST =
            """
            SELECT LOWER(HEX(r.id)) AS id
            FROM report r FORCE INDEX (report_of_run)
            WHERE r.run_id = UNHEX(?) AND r.id > UNHEX(?) AND r.tenant_id = ?
            ORDER BY r.id
            LIMIT 1 OFFSET ?""";

    /** The last id of a full page; empty for the last page. */
    private Uni<Optional<String>> last(DigestRun run, String after) {
        return client.preparedQuery(LAST)
                .execute(Tuple.of(run.id(), after, tenantId, PAGE - 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).findFirst());
    }

    private static final String PROBLEMS =
            """
            SELECT STRAIGHT_JOIN r.status, COALESCE(r.error, d.reply, '') AS reason, rc.user_id, rc.name
            FROM report r FORCE INDEX (report_of_run)
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            WHERE r.run_id = UNHEX(?) AND r.id > UNHEX(?) AND r.id <= UNHEX(?) AND r.tenant_id = ?
              AND r.status IN (%s)
            ORDER BY r.id""";
    private static final String END = "f".repeat(Ids.NONE.length());

    private Uni<List<ReportProblem>> problems(DigestRun run, String after, Optional<String> last, List<ReportStatus> statuses) {
        var values = Tuple.of(run.id(), after, last.orElse(END), tenantId);
        statuses.forEach(status -> values.addString(status.text()));
        return client.preparedQuery(PROBLEMS.formatted(Placeholders.of("?", statuses.size())))
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DigestReasons::problem).toList());
    }

    private static ReportProblem problem(Row row) {
        return new ReportProblem(
                ReportStatus.of(row.getString("status")).orElseThrow(), row.getString("reason"), row.getString("user_id"),
                row.getString("name"));
    }
}
