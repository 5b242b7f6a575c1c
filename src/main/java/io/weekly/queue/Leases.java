package io.weekly.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Claims jobs, and extends, marks and releases their leases. {@link #lockValid} is the lock under which the end of a stage is written. */
@ApplicationScoped
public class Leases {

    // Without the hint MySQL reads all of a small table and sorts it. Then one claim locks every ready job, and the others find none.
    private static final String HEAD =
            """
            SELECT id, priority, turn, tenant_id, LOWER(HEX(report_id)) AS report_id, attempt, handing_over <> 0 AS handing_over,
                   TIMESTAMPDIFF(MICROSECOND, due_at, NOW(6)) AS waited_micros
            FROM job FORCE INDEX (job_head)
            WHERE lane = ? AND state = 'ready'
            ORDER BY priority, turn, id
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";
    private static final String TAKE =
            """
            UPDATE job
            SET state = 'leased', lease_token = ?, leased_at = NOW(6), due_at = NOW(6) + INTERVAL ? MICROSECOND, attempt = attempt + 1
            WHERE id IN (%s)""";
    // GREATEST never shortens a lease: a job in a dialogue has a lease that is longer than the timeout of the dialogue.
    private static final String EXTEND =
            """
            UPDATE job
            SET due_at = GREATEST(due_at, NOW(6) + INTERVAL ? MICROSECOND)
            WHERE id IN (%s)""";
    private static final String RELEASE =
            """
            UPDATE job
            SET state = 'ready', due_at = NOW(6), lease_token = NULL, leased_at = NULL, attempt = attempt - 1
            WHERE id IN (%s)""";
    private static final String LOCK =
            """
            SELECT id, lease_token
            FROM job FORCE INDEX (PRIMARY)
            WHERE id IN (%s) AND state = 'leased'
            ORDER BY id
            FOR UPDATE""";
    private static final String HAND_OVER =
            """
            UPDATE job
            SET handing_over = TRUE, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE id = ? AND lease_token = ? AND state = 'leased'""";

    private final Database database;
    private final FairOrder fairOrder;
    private final LaneStats stats;
    private final SecureRandom random = new SecureRandom();

    Leases(Database database, FairOrder fairOrder, LaneStats stats) {
        this.database = database;
        this.fairOrder = fairOrder;
        this.stats = stats;
    }

    /** Claims up to {@code limit} jobs in the order of the lane. The claim counts as an attempt of each job. */
    public Uni<List<Lease>> claim(Lane lane, int limit, Duration lease) {
        return database.transaction(transaction -> transaction
                        .preparedQuery(HEAD)
                        .execute(Tuple.of(lane.sql(), limit))
                        .flatMap(rows -> rows.size() == 0
                                ? Uni.createFrom().item(List.<Lease>of())
                                : take(transaction, lane, rows, lease)))
                .invoke(stats::claimed);
    }

    private Uni<List<Lease>> take(SqlClient transaction, Lane lane, RowSet<Row> rows, Duration lease) {
        var token = random.nextLong();
        var leases = new ArrayList<Lease>();
        var reached = new HashMap<Priority, Long>();
        for (var row : rows) {
            var priority = Priority.of(row.getInteger("priority"));
            leases.add(new Lease(
                    row.getLong("id"),
                    token,
                    lane,
                    priority,
                    row.getInteger("tenant_id"),
                    row.getString("report_id"),
                    row.getInteger("attempt") + 1,
                    row.getInteger("handing_over") != 0,
                    waited(row.getLong("waited_micros"))));
            reached.merge(priority, row.getLong("turn"), Math::max);
        }
        var taken = change(transaction, TAKE, leases, token, Utc.micros(lease));
        for (var priority : Priority.values()) {
            if (reached.containsKey(priority)) {
                taken = taken.flatMap(_ -> fairOrder.moveOn(transaction, lane, priority, reached.get(priority)));
            }
        }
        return taken.replaceWith(leases);
    }

    /** Never negative: the database's clock may have been set back. */
    private static Duration waited(long micros) {
        return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
    }

    /**
     * Sets the expiry to {@code lease} from now, unless it is later already. Returns the leases that are still valid; the others are lost.
     */
    public Uni<Set<Lease>> extend(Collection<Lease> leases, Duration lease) {
        if (leases.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return database.transaction(transaction -> lockValid(transaction, leases).flatMap(valid -> valid.isEmpty()
                ? Uni.createFrom().item(valid)
                : change(transaction, EXTEND, valid, Utc.micros(lease)).replaceWith(valid)));
    }

    /**
     * Marks the job before the dialogue with the mail server begins, and holds the lease for as long as the dialogue can last.
     *
     * @return false if the lease was lost: then nothing may be sent
     */
    public Uni<Boolean> handOver(SqlClient transaction, Lease lease, Duration hold) {
        return transaction
                .preparedQuery(HAND_OVER)
                .execute(Tuple.of(Utc.micros(hold), lease.jobId(), lease.token()))
                .map(updated -> updated.rowCount() == 1);
    }

    /** Makes claimed jobs ready again and gives their attempt back, so that a shutdown does not count as an attempt. */
    public Uni<Void> release(Collection<Lease> leases) {
        if (leases.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return database.transaction(transaction -> lockValid(transaction, leases).flatMap(valid -> valid.isEmpty()
                ? Uni.createFrom().voidItem()
                : change(transaction, RELEASE, valid)));
    }

    private static Uni<Void> change(SqlClient transaction, String sql, Collection<Lease> leases, Object... values) {
        var ids = JobIds.of(leases);
        return transaction.preparedQuery(ids.in(sql)).execute(ids.after(values)).replaceWithVoid();
    }

    /**
     * Finds the leases that are still valid, locks their jobs until the transaction ends, and returns these leases. A worker writes the end
     * of a stage only for a lease that this method has returned.
     */
    public Uni<Set<Lease>> lockValid(SqlClient transaction, Collection<Lease> leases) {
        if (leases.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        var ids = JobIds.of(leases);
        return transaction.preparedQuery(ids.in(LOCK)).execute(ids.after()).map(rows -> {
            var held = new HashMap<Long, Long>();
            rows.forEach(row -> held.put(row.getLong("id"), row.getLong("lease_token")));
            return leases.stream()
                    .filter(lease -> Long.valueOf(lease.token()).equals(held.get(lease.jobId())))
                    .collect(Collectors.toUnmodifiableSet());
        });
    }
}
