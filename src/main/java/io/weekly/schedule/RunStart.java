package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** How a run begins: one row, once, whoever asks twice. Its reports follow in chunks by {@link RunEnqueuer}. */
@ApplicationScoped
public class RunStart {

    private static final int TRIES = 10;

    private static final String LATEST =
            """
            SELECT LOWER(HEX(id)) AS id, revision, delivery
            FROM run
            WHERE tenant_id = ? AND definition = ? AND period = ?
            ORDER BY revision DESC, id
            LIMIT 1""";
    private static final String INSERT =
            """
            INSERT IGNORE INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                                    window_minutes, due, enqueued_to, started_at)
            VALUES (?, UNHEX(?), ?, ?, ?, UNHEX(?), ?, ?, 'enqueuing', ?, ?, ?, 0, 0, ?)""";

    private final Database database;
    private final RunEnqueuer enqueuer;
    private final AuditLog audit;
    private final Clock clock;

    RunStart(Database database, RunEnqueuer enqueuer, AuditLog audit, Clock clock) {
        this.database = database;
        this.enqueuer = enqueuer;
        this.audit = audit;
        this.clock = clock;
    }

    /** By hand: the period's run where it has one already, else its first; returns the run's id. */
    public Uni<String> byHand(RunOrder order) {
        return database.transaction(transaction -> latest(transaction, order).flatMap(latest -> latest.isPresent()
                        ? Uni.createFrom().item(latest.map(Latest::id))
                        : insert(transaction, order, 1)))
                // Somebody else was first: theirs is the period's run.
                .flatMap(id -> id.isPresent() ? Uni.createFrom().item(id.get()) : byHand(order))
                .invoke(id -> enqueuer.wake());
    }

    /** By hand, with corrected data: the period's next revision; returns the run's id. */
    public Uni<String> nextRevision(RunOrder order) {
        return nextRevision(order, TRIES).invoke(id -> enqueuer.wake());
    }

    private Uni<String> nextRevision(RunOrder order, int tries) {
        return database.transaction(transaction -> latest(transaction, order)
                        .flatMap(latest -> insert(transaction, order, latest.map(Latest::revision).orElse(0) + 1)))
                .flatMap(id -> id.isPresent()
                        ? Uni.createFrom().item(id.get())
                        : tries > 1
                                ? nextRevision(order, tries - 1)
                                : Uni.createFrom().failure(new IllegalStateException(
                                        "revisions of %s %s are being made faster than one can be found"
                                                .formatted(order.definition(), order.period()))));
    }

    /**
     * By schedule, in the transaction that moves the schedule on; empty where its run of the period exists already. Whoever has the period's
     * latest revision already, by another schedule or by a run by hand that was delivered, does not get it again; a run by hand that was only
     * generated does not stand in the way of what is to be delivered.
     */
    Uni<Optional<String>> scheduled(SqlClient transaction, RunOrder order) {
        return latest(transaction, order).flatMap(latest -> {
            var revision = latest.map(run -> run.delivers() || order.delivery() == DeliveryMode.NONE ? run.revision() : run.revision() + 1);
            return insert(transaction, order, revision.orElse(1));
        });
    }

    private static Uni<Optional<Latest>> latest(SqlClient transaction, RunOrder order) {
        return transaction
                .preparedQuery(LATEST)
                .execute(Tuple.of(order.tenantId(), order.definition(), order.period().toString()))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(latest(rows.iterator().next())));
    }

    private static Latest latest(Row row) {
        return new Latest(
                row.getString("id"),
                row.getInteger("revision"),
                !row.getString("delivery").equals(DeliveryMode.NONE.text()));
    }

    private Uni<Optional<String>> insert(SqlClient transaction, RunOrder order, int revision) {
        var id = Ids.next(clock);
        var now = clock.instant();
        var row = Tuple.from(new Object[] {
            order.tenantId(),
            id,
            order.definition(),
            order.period().toString(),
            revision,
            order.scheduleId(),
            order.triggeredBy(),
            order.actor(),
            String.join(",", order.formats()),
            order.delivery().text(),
            order.windowMinutes(),
            Utc.column(now)
        });
        var event = new AuditEvent(
                order.tenantId(),
                now,
                order.actor(),
                "run.started",
                id,
                Map.of(
                        "definition", order.definition(),
                        "period", order.period().toString(),
                        "revision", revision,
                        "trigger", order.triggeredBy(),
                        "schedule", order.scheduleId()));
        return transaction.preparedQuery(INSERT).execute(row).flatMap(inserted -> inserted.rowCount() == 0
                ? Uni.createFrom().item(Optional.empty())
                : audit.append(transaction, event).replaceWith(Optional.of(id)));
    }

    private record Latest(String id, int revision, boolean delivers) {}
}
