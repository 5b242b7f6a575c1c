package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;

/** Cancels, retries or delivers a single report on a user's request. {@link ReportVerb} says when that is allowed. */
@ApplicationScoped
public class ReportVerbs {

    private final Database database;
    private final ReportLocks locks;
    private final ReportVerbActions actions;
    private final JobSignal signal;

    ReportVerbs(Database database, ReportLocks locks, ReportVerbActions actions, JobSignal signal) {
        this.database = database;
        this.locks = locks;
        this.actions = actions;
        this.signal = signal;
    }

    /** The result of a request. */
    public sealed interface Answer {
        /** The report was changed. */
        record Done() implements Answer {}

        /** The status of the report does not allow it. The reason names the status and what it allows. */
        record NotAllowed(String reason) implements Answer {}

        /** The scope has no such report. */
        record NotThere() implements Answer {}
    }

    /** Cancels a report whose stage has not started: it is neither generated nor mailed. */
    public Uni<Answer> cancel(Scope scope, String reportId, String actor) {
        return withLock(scope, reportId, ReportVerb.CANCELLATION, (transaction, report) -> actions.cancel(transaction, report, actor));
    }

    /**
     * Continues a report that ended without success. It is generated again only if its files have expired. A mail that was tried before
     * keeps its Message-ID.
     */
    public Uni<Answer> retry(Scope scope, String reportId, String actor) {
        return withLock(scope, reportId, ReportVerb.RETRY, (transaction, report) -> actions.retry(transaction, List.of(report), actor));
    }

    /** Sends a report again, or for the first time if it was only to be fetched: a new delivery with a Message-ID of its own. */
    public Uni<Answer> deliver(Scope scope, String reportId, String actor) {
        return withLock(scope, reportId, ReportVerb.DELIVERIES, (transaction, report) -> actions.deliver(transaction, report, actor));
    }

    private Uni<Answer> withLock(Scope scope, String reportId, ReportVerb verb, BiFunction<SqlClient, LockedReport, Uni<Void>> action) {
        return database.transaction(transaction -> locks.lock(transaction, scope, reportId).flatMap(found -> {
                    if (found.isEmpty()) {
                        return Uni.createFrom().<Answer>item(new Answer.NotThere());
                    }
                    var situation = found.get().situation();
                    return verb.isAllowed(situation)
                            ? action.apply(transaction, found.get()).replaceWith(new Answer.Done())
                            : Uni.createFrom().item(new Answer.NotAllowed(verb.refusal(situation)));
                }))
                .invoke(_ -> database.afterCommit(this::wakeLanes));
    }

    private void wakeLanes() {
        signal.ready(Lane.GENERATE);
        signal.ready(Lane.DELIVER);
    }
}
