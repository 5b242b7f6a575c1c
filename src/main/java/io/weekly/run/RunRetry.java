package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.QueryConditions;
import io.weekly.report.ReportVerbs;
import io.weekly.report.ReportVerbs.Answer;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Retries the failed reports of a run on a user's request: all of them, or those that failed for one reason. */
@ApplicationScoped
public class RunRetry {

    private static final int PAGE = 500;
    private static final Pattern REASON = Pattern.compile("[a-z-]{1,20}");

    private final Database database;
    private final ReportVerbs verbs;
    private final AuditLog audit;
    private final Clock clock;

    RunRetry(Database database, ReportVerbs verbs, AuditLog audit, Clock clock) {
        this.database = database;
        this.verbs = verbs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Retries them one after the other, because each needs the lock of the run, and each in a transaction of its own, unless the caller has
     * one (a request with an Idempotency-Key). If this is interrupted, another call continues, because a retried report is not
     * failed any more. The caller has found the run in the scope.
     *
     * @param reason the reason of the delivery, such as {@code sender}, or the exact error of the reports; empty for all that failed
     * @return how many reports are tried again
     */
    public Uni<Integer> retry(Scope scope, Run run, Optional<String> reason, String actor) {
        return Keyset.rows(Ids.NONE, after -> failed(scope, run, reason, after), id -> id)
                .onItem()
                .transformToUniAndConcatenate(id -> verbs.retry(scope, id, actor))
                .filter(answer -> answer instanceof Answer.Done)
                .collect()
                .with(Collectors.counting())
                .map(Long::intValue)
                .call(retried -> database.transaction(transaction -> audit.append(transaction, event(run, reason, actor, retried))));
    }

    // The error of a report that was never mailed is its reason.
    private static final String FAILED =
            """
            SELECT LOWER(HEX(r.id)) AS id
            FROM report r FORCE INDEX (report_of_run)
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            %s
            ORDER BY r.id
            LIMIT ?""";

    private Uni<List<String>> failed(Scope scope, Run run, Optional<String> reason, String after) {
        var where = scope.within(new QueryConditions(), "r")
                .and("r.run_id = UNHEX(?)", run.id())
                .and("r.id > UNHEX(?)", after)
                .and("r.status = 'failed'");
        reason.ifPresent(text -> where.and("(d.reason = ? OR r.error = ?)", text, text));
        return database.client()
                .preparedQuery(FAILED.formatted(where.sql()))
                .execute(where.with(PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    private AuditEvent event(Run run, Optional<String> reason, String actor, int retried) {
        Map<String, Object> detail = new HashMap<>(Map.of("retried", retried));
        // The error of a report may quote an address.
        reason.ifPresent(text -> detail.put("reason", REASON.matcher(text).matches() ? text : "the error of a report"));
        return new AuditEvent(run.tenantId(), clock.instant(), actor, "run.retried", run.id(), detail);
    }
}
