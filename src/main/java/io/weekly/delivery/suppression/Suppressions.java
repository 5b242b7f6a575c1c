package io.weekly.delivery.suppression;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Adds, finds and lifts suppressions. Only {@link SuppressionErasure} deletes others from their table. Every write happens in the caller's
 * transaction.
 */
@ApplicationScoped
public class Suppressions {

    private static final int MAX_DETAIL_LENGTH = 1000;

    // Columns are set from left to right. A reason of a mail system does not replace one of a person.
    private static final String ADD =
            """
            INSERT INTO suppression (tenant_id, id, address, reason, detail, count, first_at, last_at)
            VALUES (?, UNHEX(?), ?, ?, ?, 1, ?, ?)
            ON DUPLICATE KEY UPDATE
              detail = IF(? OR reason NOT IN ('complained', 'manual'), VALUES(detail), detail),
              reason = IF(? OR reason NOT IN ('complained', 'manual'), VALUES(reason), reason),
              count = LEAST(count + 1, 1000000),
              first_at = LEAST(first_at, VALUES(first_at)), last_at = GREATEST(last_at, VALUES(last_at))""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    Suppressions(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a suppression that the service itself found, or counts one more. Only the first one is an audit event.
     *
     * @param detail what the mail system or the person said; is shortened
     * @param at when; may be a time that a mail system gave. The audit event has the time of this process
     */
    public Uni<Void> add(
            SqlClient transaction, int tenantId, String address, SuppressionReason reason, String detail, Instant at) {
        return add(transaction, tenantId, address, reason, detail, at, AuditEvent.SERVICE).replaceWithVoid();
    }

    /**
     * The same, by that actor.
     *
     * @return whether the address was not suppressed before
     */
    public Uni<Boolean> add(
            SqlClient transaction, int tenantId, String address, SuppressionReason reason, String detail, Instant at, String actor) {
        var id = Ids.next(clock);
        var normal = NormalAddress.of(address);
        var values = Tuple.from(new Object[] {
            tenantId, id, normal, reason.text(), shortened(detail), Utc.column(at), Utc.column(at), reason.isDecision(), reason.isDecision()
        });
        return transaction.preparedQuery(ADD)
                .execute(values)
                .flatMap(_ -> find(transaction, tenantId, normal))
                .map(stored -> stored.filter(suppression -> suppression.id().equals(id)).isPresent())
                .call(isNew -> isNew
                        ? audit.append(transaction, added(tenantId, id, normal, reason, actor))
                        : Uni.createFrom().voidItem());
    }

    private static String shortened(String detail) {
        return Ellipsis.shorten(ControlCharacters.oneLine(detail), MAX_DETAIL_LENGTH);
    }

    private AuditEvent added(int tenantId, String id, String address, SuppressionReason reason, String actor) {
        return new AuditEvent(
                tenantId, clock.instant(), actor, "suppression.added", id,
                Map.of("address", PersonalText.ofAddress(address, address), "reason", reason.text()));
    }

    static final String SELECT =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.address, s.reason, s.detail, s.count, s.first_at, s.last_at
            FROM suppression s
            """;
    private static final String FIND = SELECT + "WHERE s.tenant_id = ? AND s.address = ?";

    /** The suppression of an address; empty if the tenant may mail to it. */
    public Uni<Optional<Suppression>> find(SqlClient client, int tenantId, String address) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(tenantId, NormalAddress.of(address)))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(suppression(rows.iterator().next())));
    }

    /** The same, outside of a transaction. */
    public Uni<Optional<Suppression>> find(int tenantId, String address) {
        return find(database.client(), tenantId, address);
    }

    static Suppression suppression(Row row) {
        return new Suppression(
                row.getString("id"),
                row.getString("address"),
                SuppressionReason.of(row.getString("reason")).orElseThrow(),
                row.getString("detail"),
                row.getInteger("count"),
                Utc.instant(row.getLocalDateTime("first_at")),
                Utc.instant(row.getLocalDateTime("last_at")));
    }

    private static final String LOCK = SELECT + "WHERE s.tenant_id = ? AND s.id = UNHEX(?)\nFOR UPDATE";
    private static final String LIFT =
            """
            DELETE FROM suppression
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /**
     * Lifts a suppression: the address gets mail again. If there is a reason again, it is suppressed again.
     *
     * @return the suppression; empty if there is none with this id
     */
    public Uni<Optional<Suppression>> lift(SqlClient transaction, int tenantId, String id, String actor, Instant at) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(tenantId, id)).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            var found = suppression(rows.iterator().next());
            return transaction.preparedQuery(LIFT)
                    .execute(Tuple.of(tenantId, id))
                    .flatMap(_ -> audit.append(transaction, lifted(tenantId, found, actor, at)))
                    .replaceWith(Optional.of(found));
        });
    }

    private static AuditEvent lifted(int tenantId, Suppression lifted, String actor, Instant at) {
        return new AuditEvent(
                tenantId, at, actor, "suppression.lifted", lifted.id(),
                Map.of("address", PersonalText.ofAddress(lifted.address(), lifted.address()), "reason", lifted.reason().text()));
    }
}
