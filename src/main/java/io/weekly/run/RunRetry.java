package io.weekly.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.report.FailedReports;
import io.weekly.report.FailedReports.Retried;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Retries the failed reports of a run on a user's request: all of them, or those that failed for one reason. It works set by set: a short
 * transaction locks a set of reports and retries those that still are failed. It also writes the event {@code run.retried}, so the audit
 * trail has what was done, whatever happens later. If the process dies, another call continues, because a retried report is not failed.
 *
 * <p>If a set fails, its halves are tried, and so on, until the fault is at a single report. That report is logged and left as it is.
 */
@ApplicationScoped
public class RunRetry {

    /** A multiple of the rows of one INSERT. */
    private static final int SET = 512;
    /** With an Idempotency-Key each call occupies a second connection until it ends. */
    private static final int MAX_CALLS = 4;
    private static final Pattern REASON = Pattern.compile("[a-z-]{1,20}");

    private final Database database;
    private final FailedReports reports;
    private final RunAudit audit;
    private final RunEvents events;
    private final JobSignal signal;
    private final Semaphore calls = new Semaphore(MAX_CALLS);

    RunRetry(Database database, FailedReports reports, RunAudit audit, RunEvents events, JobSignal signal) {
        this.database = database;
        this.reports = reports;
        this.audit = audit;
        this.events = events;
        this.signal = signal;
    }

    /** The result of a call. */
    public sealed interface Outcome {
        /**
         * The call has ended.
         *
         * @param retried how many reports are tried again
         * @param complete false if failed reports were left, because the run is held or being cancelled, or because of errors. The log has
         *     the errors
         */
        record Done(int retried, boolean complete) implements Outcome {}

        /** This process retries as many runs as it can at the same time. */
        record Busy() implements Outcome {}
    }

    /**
     * Retries them. Each set is committed on its own, also if the request has a transaction because of its Idempotency-Key. Fails if the
     * database is away; the sets before stay retried.
     *
     * @param run the caller has found it in its scope
     * @param reason the reason of the delivery, such as {@code sender}, or the exact error of the reports; empty for all that failed
     */
    public Uni<Outcome> retry(Run run, Optional<String> reason, String actor) {
        return Uni.createFrom().deferred(() -> calls.tryAcquire()
                ? database.outsideRequestTransaction(() -> retrySets(Call.of(run, reason, actor))).onTermination().invoke(calls::release)
                : Uni.createFrom().item(new Outcome.Busy()));
    }

    private record Call(Run run, FailedReports.OfRun failed, String actor, RetryTally tally) {

        static Call of(Run run, Optional<String> reason, String actor) {
            return new Call(run, new FailedReports.OfRun(run.tenantId(), run.id(), reason.orElse(null)), actor, new RetryTally());
        }
    }

    private Uni<Outcome> retrySets(Call call) {
        return Keyset.pages(Ids.NONE, after -> reports.page(call.failed(), after, SET), id -> id)
                .onItem()
                .transformToUniAndConcatenate(set -> retryOrSplit(call, set).replaceWith(call.tally()))
                .select()
                .first(RetryTally::goesOn)
                .collect()
                .last()
                .flatMap(_ -> call.tally().retried() > 0
                        ? Uni.createFrom().voidItem()
                        : database.transaction(transaction -> append(transaction, call, 0)))
                .map(_ -> new Outcome.Done(call.tally().retried(), call.tally().complete()));
    }

    private Uni<Void> retryOrSplit(Call call, List<String> set) {
        return database.transaction(transaction -> retrySet(transaction, call, set))
                .invoke(call.tally()::add)
                .invoke(() -> database.afterCommit(this::wakeLanes))
                .replaceWithVoid()
                .onFailure(DatabaseAwayException::isNot)
                .recoverWithUni(failure -> set.size() == 1 ? leave(call, set.getFirst(), failure) : retryHalves(call, set));
    }

    private Uni<Retried> retrySet(SqlClient transaction, Call call, List<String> set) {
        return reports.retry(transaction, call.failed(), set, call.actor())
                .call(done -> done.retried() == 0
                        ? Uni.createFrom().voidItem()
                        : append(transaction, call, done.retried()));
    }

    private Uni<Void> append(SqlClient transaction, Call call, int retried) {
        Map<String, Object> detail = new HashMap<>(Map.of("retried", retried));
        var reason = call.failed().reason();
        if (reason != null) {
            // The error of a report may quote an address.
            detail.put("reason", REASON.matcher(reason).matches() ? reason : "the error of a report");
        }
        return audit.append(transaction, call.run().tenantId(), call.run().id(), "run.retried", call.actor(), detail);
    }

    private void wakeLanes() {
        signal.ready(Lane.GENERATE);
        signal.ready(Lane.DELIVER);
    }

    private Uni<Void> retryHalves(Call call, List<String> set) {
        var middle = set.size() / 2;
        return Multi.createFrom()
                .items(set.subList(0, middle), set.subList(middle, set.size()))
                .onItem()
                .transformToUniAndConcatenate(half -> call.tally().goesOn() ? retryOrSplit(call, half) : Uni.createFrom().voidItem())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> leave(Call call, String reportId, Throwable failure) {
        call.tally().addFault();
        events.reportNotRetried(call.run().id(), reportId, failure);
        return Uni.createFrom().voidItem();
    }
}
