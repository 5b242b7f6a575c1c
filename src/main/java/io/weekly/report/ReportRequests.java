package io.weekly.report;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates reports on demand and samples (reports for review by somebody else). Their jobs have a higher priority than those of runs. */
@ApplicationScoped
public class ReportRequests {

    // It has the revision of the latest run of the period.
    private static final String INSERT =
            """
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at, incarnation)
            SELECT rc.tenant_id, UNHEX(?), rc.id, ?, ?,
                   COALESCE((SELECT MAX(revision) FROM run WHERE tenant_id = rc.tenant_id AND definition = ? AND period = ?), 1),
                   UNHEX(?), NULL, 'on-demand', ?, ?, 'queued', 0, ?, rc.incarnation
            FROM recipient rc
            WHERE rc.tenant_id = ? AND rc.user_id = ? AND rc.active AND rc.ended_at IS NULL""";

    // Like a report on demand, but with an address of its own. The recipient neither gets nor sees it.
    private static final String INSERT_SAMPLE =
            """
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at, mail_to, incarnation)
            SELECT rc.tenant_id, UNHEX(?), rc.id, ?, ?,
                   COALESCE((SELECT MAX(revision) FROM run WHERE tenant_id = rc.tenant_id AND definition = ? AND period = ?), 1),
                   UNHEX(?), NULL, 'on-demand', ?, 'attachment', 'queued', 0, ?, ?, rc.incarnation
            FROM recipient rc
            WHERE rc.tenant_id = ? AND rc.id = ? AND rc.active AND rc.ended_at IS NULL""";

    private final Database database;
    private final JobQueue queue;
    private final JobSignal signal;
    private final AuditLog audit;
    private final Clock clock;

    ReportRequests(Database database, JobQueue queue, JobSignal signal, AuditLog audit, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.signal = signal;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Enqueues a report on demand.
     *
     * @param period an ISO week, {@code 2026-W47}
     * @param userId the recipient's id in the platform
     * @return the id of the report; empty if the tenant has no such recipient
     */
    public Uni<Optional<String>> request(
            int tenantId, String actor, String definition, String period, String userId, List<String> formats, DeliveryMode delivery) {
        var now = clock.instant();
        var id = Ids.next(clock);
        var row = Tuple.from(new Object[] {
            id, definition, period, definition, period, id, String.join(",", formats), delivery.text(), Utc.column(now), tenantId, userId
        });
        var event = new AuditEvent(
                tenantId,
                now,
                actor,
                "report.requested",
                id,
                Map.of("definition", definition, "period", period, "recipient", PersonalText.ofUser(userId, userId),
                        "delivery", delivery));
        return database.transaction(transaction -> transaction
                        .preparedQuery(INSERT)
                        .execute(row)
                        .flatMap(inserted -> inserted.rowCount() == 0
                                ? Uni.createFrom().item(Optional.<String>empty())
                                : queue.enqueue(transaction, Lane.GENERATE, Priority.ON_DEMAND, tenantId, List.of(id))
                                        .flatMap(_ -> audit.append(transaction, event))
                                        .replaceWith(Optional.of(id))))
                .invoke(_ -> database.afterCommit(() -> signal.ready(Lane.GENERATE)));
    }

    /**
     * Enqueues one sample.
     *
     * @param recipientId the recipient whose report it is
     * @param mailTo the address that gets it
     * @return the id of the report; empty if the tenant has no such recipient
     */
    public Uni<Optional<String>> sample(
            int tenantId, String actor, String definition, String period, long recipientId, List<String> formats, String mailTo) {
        return database.transaction(transaction ->
                        samples(transaction, tenantId, actor, definition, period, List.of(recipientId), formats, mailTo))
                .invoke(_ -> database.afterCommit(() -> signal.ready(Lane.GENERATE)))
                .map(ids -> ids.stream().findFirst());
    }

    /**
     * Enqueues samples: reports of these recipients that are mailed to somebody else for review. Meant for a few; each takes a statement.
     *
     * @param transaction the caller's; after its commit the caller must signal {@link Lane#GENERATE}
     * @param mailTo the address that gets them all
     * @return the ids of the reports, in the order of the recipients; a recipient that has ended gets none
     */
    public Uni<List<String>> samples(
            SqlClient transaction,
            int tenantId,
            String actor,
            String definition,
            String period,
            List<Long> recipientIds,
            List<String> formats,
            String mailTo) {
        var now = clock.instant();
        return Multi.createFrom()
                .iterable(recipientIds)
                .onItem()
                .transformToUniAndConcatenate(recipientId -> {
                    var id = Ids.next(clock);
                    var row = Tuple.from(new Object[] {
                        id, definition, period, definition, period, id, String.join(",", formats), Utc.column(now), mailTo, tenantId,
                        recipientId
                    });
                    return transaction
                            .preparedQuery(INSERT_SAMPLE)
                            .execute(row)
                            .map(inserted -> inserted.rowCount() == 0 ? Optional.<String>empty() : Optional.of(id));
                })
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .call(ids -> queue.enqueue(transaction, Lane.GENERATE, Priority.ON_DEMAND, tenantId, ids))
                .call(ids -> audit.append(transaction, ids.stream()
                        .map(id -> new AuditEvent(
                                tenantId,
                                now,
                                actor,
                                "report.sample-requested",
                                id,
                                Map.of("definition", definition, "period", period, "to", PersonalText.ofAddress(mailTo, mailTo))))
                        .toList()));
    }
}
