package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.report.DeliveryMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** How a run begins: one row, once, whoever asks twice. Its reports follow in chunks by {@link RunEnqueuer}. */
@ApplicationScoped
public class RunStart {

    private static final int TRIES = 10;

    private static final String RUNS =
            """
            SELECT LOWER(HEX(id)) AS id, revision, delivery
            FROM run
            WHERE tenant_id = ? AND definition = ? AND period = ?
            ORDER BY revision DESC, id""";
    // Who starts a run holds its tenant's row, so that two who start at once see each other's.
    private static final String HOLD =
            """
            SELECT id
            FROM tenant
            WHERE id = ?
            FOR UPDATE""";
    private static final String INSERT =
            """
            INSERT IGNORE INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                                    window_minutes, audience, approval, owner, held_jobs, due, started_at, deadline_at)
            VALUES (?, UNHEX(?), ?, ?, ?, UNHEX(?), ?, ?, 'enqueuing', ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)""";

    private final Database database;
    private final RunCursors cursors;
    private final WaitingRuns waitingRuns;
    private final Definitions definitions;
    private final RunEnqueuer enqueuer;
    private final Deadline deadline;
    private final AuditLog audit;
    private final Clock clock;

    RunStart(
            Database database,
            RunCursors cursors,
            WaitingRuns waitingRuns,
            Definitions definitions,
            RunEnqueuer enqueuer,
            Deadline deadline,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.waitingRuns = waitingRuns;
        this.definitions = definitions;
        this.enqueuer = enqueuer;
        this.deadline = deadline;
        this.audit = audit;
        this.clock = clock;
    }

    /** By hand: the period's run where it has one already, else its first; returns the run's id. */
    public Uni<String> byHand(RunOrder order) {
        return database.transaction(transaction -> latest(transaction, order).flatMap(latest -> latest.isPresent()
                        ? Uni.createFrom().item(latest.map(Before::id))
                        : insert(transaction, order, 1)))
                // Somebody else was first: theirs is the period's run.
                .flatMap(id -> id.isPresent() ? Uni.createFrom().item(id.get()) : byHand(order))
                .invoke(id -> database.afterCommit(enqueuer::wake));
    }

    /** By hand, with corrected data: the period's next revision; returns the run's id. */
    public Uni<String> nextRevision(RunOrder order) {
        return nextRevision(order, TRIES).invoke(id -> database.afterCommit(enqueuer::wake));
    }

    private Uni<String> nextRevision(RunOrder order, int tries) {
        return database.transaction(transaction -> latest(transaction, order)
                        .flatMap(latest -> insert(transaction, order, latest.map(Before::revision).orElse(0) + 1)))
                .flatMap(id -> id.isPresent()
                        ? Uni.createFrom().item(id.get())
                        : tries > 1
                                ? nextRevision(order, tries - 1)
                                : Uni.createFrom().failure(new IllegalStateException(
                                        "revisions of %s %s are being made faster than one can be found"
                                                .formatted(order.definition(), order.period()))));
    }

    /**
     * By schedule, in the transaction that moves the schedule on; empty where its run of the period exists already. What was delivered of
     * a period, by another schedule or a run by hand, is not delivered again; what was only generated does not stand in the way.
     */
    public Uni<Optional<String>> scheduled(SqlClient transaction, RunOrder order) {
        return all(transaction, order).flatMap(before -> insert(transaction, order, revision(before, order.delivery())));
    }

    private static int revision(List<Before> runs, DeliveryMode delivery) {
        if (runs.isEmpty()) {
            return 1;
        }
        var latest = runs.getFirst().revision();
        return runs.stream()
                .filter(run -> run.delivers() || delivery == DeliveryMode.NONE)
                .map(Before::revision)
                .findFirst()
                .orElse(latest + 1);
    }

    private static Uni<Optional<Before>> latest(SqlClient transaction, RunOrder order) {
        return all(transaction, order).map(before -> before.stream().findFirst());
    }

    /** The period's runs, the latest revision first. */
    private static Uni<List<Before>> all(SqlClient transaction, RunOrder order) {
        return transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(order.tenantId()))
                .flatMap(held -> transaction
                        .preparedQuery(RUNS)
                        .execute(Tuple.of(order.tenantId(), order.definition(), order.period().toString())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(RunStart::before).toList());
    }

    private static Before before(Row row) {
        return new Before(
                row.getString("id"),
                row.getInteger("revision"),
                !row.getString("delivery").equals(DeliveryMode.NONE.text()));
    }

    private Uni<Optional<String>> insert(SqlClient transaction, RunOrder order, int revision) {
        var id = Ids.next(clock);
        var now = clock.instant();
        var readiness = definitions.find(order.definition()).flatMap(Definition::readiness);
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
            Audience.column(order.audience()),
            order.canaryFor() == null ? "none" : "canary",
            order.canaryFor(),
            order.canaryFor() != null || readiness.isPresent(),
            Utc.column(now),
            Utc.column(deadline.of(now, order.windowMinutes()))
        });
        var event = new AuditEvent(
                order.tenantId(),
                now,
                order.actor(),
                "run.started",
                id,
                detail(order, revision));
        return transaction.preparedQuery(INSERT).execute(row).flatMap(inserted -> inserted.rowCount() == 0
                ? Uni.createFrom().item(Optional.empty())
                : cursors.open(transaction, order.tenantId(), id)
                        .flatMap(opened -> readiness.map(it -> waitingRuns.add(transaction, order.tenantId(), id, it))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        .flatMap(waits -> audit.append(transaction, event))
                        .replaceWith(Optional.of(id)));
    }

    private static Map<String, Object> detail(RunOrder order, int revision) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("definition", order.definition());
        detail.put("period", order.period().toString());
        detail.put("revision", revision);
        detail.put("trigger", order.triggeredBy());
        if (!order.scheduleId().equals(Ids.NONE)) {
            detail.put("schedule", order.scheduleId());
        }
        return detail;
    }

    private record Before(String id, int revision, boolean delivers) {}
}
