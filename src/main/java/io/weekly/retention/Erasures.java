package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.AuditPersons;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.tenant.Person;
import io.weekly.tenant.RecipientErasure;
import io.weekly.tenant.RecipientErasure.Erased;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.TenantChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table {@code erasure}: the requests to erase persons, and how far they are. No other class writes to it. */
@ApplicationScoped
public class Erasures {

    private static final String ERASED = "erased-";

    private final Database database;
    private final RecipientErasure recipients;
    private final PersonAddresses addresses;
    private final AuditPersons persons;
    private final AuditLog audit;
    private final Event<TenantChanged> changes;
    private final Clock clock;

    Erasures(
            Database database, RecipientErasure recipients, PersonAddresses addresses, AuditPersons persons, AuditLog audit,
            Event<TenantChanged> changes, Clock clock) {
        this.database = database;
        this.recipients = recipients;
        this.addresses = addresses;
        this.persons = persons;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    private static final String INSERT =
            """
            INSERT INTO erasure (tenant_id, id, recipient_id, user_id, pseudonym, addresses, requested_at, next_at)
            VALUES (?, UNHEX(?), ?, ?, UNHEX(?), ?, ?, NOW(6))""";

    /**
     * Erases the recipient itself at once, and whose its pseudonym in audit events is. Requests the erasure of everything else that is held
     * on the person ({@link PersonErasures}). The audit event has the new user id only. If the person itself requests it, the event has its
     * new pseudonym, as everything that somebody with this user id does afterwards.
     *
     * @return empty if there is no such recipient
     */
    public Uni<Optional<Erasure>> request(OfTenant tenant, String userId, String actor) {
        var id = Ids.next(clock);
        return database.transaction(transaction -> recipients.erase(transaction, tenant, userId, ERASED + id)
                        .flatMap(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.<Erasure>empty())
                                : insert(transaction, id, userId, found.get())
                                        .call(_ -> append(transaction, tenant.tenantId(), actor, "recipient.erasure-requested", id))
                                        .map(Optional::of)))
                .invoke(_ -> database.afterCommit(() -> changes.fire(new TenantChanged())));
    }

    private Uni<Erasure> insert(SqlClient transaction, String id, String userId, Erased person) {
        var tenantId = person.scope().tenantId();
        // The time is read last: nobody can act as the next person before it.
        return addresses.all(person.scope(), person.addresses())
                .flatMap(all -> persons.erase(transaction, tenantId, userId).flatMap(pseudonym -> {
                    var now = clock.instant();
                    return transaction
                            .preparedQuery(INSERT)
                            .execute(Tuple.from(new Object[] {
                                tenantId, id, person.scope().recipientId(), userId, pseudonym.orElse(null), String.join("\n", all),
                                Utc.column(now)
                            }))
                            .replaceWith(new Erasure(id, ERASED + id, now, null));
                }));
    }

    private static final String FIND =
            """
            SELECT LOWER(HEX(id)) AS id, requested_at, finished_at
            FROM erasure
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** The state of an erasure; empty if the tenant has none with this id. */
    public Uni<Optional<Erasure>> find(OfTenant tenant, String id) {
        return Ids.isId(id)
                ? database.client()
                        .preparedQuery(FIND)
                        .execute(Tuple.of(tenant.tenantId(), id))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Erasures::erasure).findFirst())
                : Uni.createFrom().item(Optional.empty());
    }

    private static Erasure erasure(Row row) {
        var id = row.getString("id");
        return new Erasure(
                id,
                ERASED + id,
                Utc.instant(row.getLocalDateTime("requested_at")),
                Utc.instant(row.getLocalDateTime("finished_at")));
    }

    /** An erasure that is under way. */
    record Open(String id, Person person) {}

    private static final String DUE =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, recipient_id, user_id, LOWER(HEX(pseudonym)) AS pseudonym, addresses, requested_at
            FROM erasure
            WHERE finished_at IS NULL AND next_at <= NOW(6)
            ORDER BY next_at
            LIMIT ?""";

    /** The erasures that are under way and that no process is at, those that wait longest first. */
    Uni<List<Open>> due(int limit) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Erasures::open).toList());
    }

    private static Open open(Row row) {
        var id = row.getString("id");
        return new Open(id, new Person(
                new OfTenant(row.getInteger("tenant_id")),
                row.getLong("recipient_id"),
                row.getString("user_id"),
                row.getString("pseudonym"),
                row.getString("addresses").lines().toList(),
                ERASED + id,
                Utc.instant(row.getLocalDateTime("requested_at"))));
    }

    private static final String TAKE =
            """
            UPDATE erasure
            SET next_at = NOW(6) + INTERVAL LEAST(3600, GREATEST(5, TIMESTAMPDIFF(SECOND, requested_at, NOW(6)))) SECOND
            WHERE tenant_id = ? AND id = UNHEX(?) AND finished_at IS NULL AND next_at <= NOW(6)""";

    /**
     * Takes an erasure, so that no other process is at it for a while: at first five seconds, then as long as it has been under way, an
     * hour at most. An erasure that waits for something is not repeated all the time.
     *
     * @return false if another process was faster
     */
    Uni<Boolean> take(Open open) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(open.person().tenant().tenantId(), open.id()))
                .map(updated -> updated.rowCount() == 1);
    }

    private static final String FINISH =
            """
            UPDATE erasure
            SET finished_at = ?, user_id = NULL, pseudonym = NULL, addresses = NULL
            WHERE tenant_id = ? AND id = UNHEX(?) AND finished_at IS NULL""";

    /** Nothing is left: deletes user id, pseudonym and addresses too. If two processes get here, one of them writes the event. */
    Uni<Void> finish(Open open) {
        var tenantId = open.person().tenant().tenantId();
        return database.transaction(transaction -> transaction
                .preparedQuery(FINISH)
                .execute(Tuple.of(Utc.column(clock.instant()), tenantId, open.id()))
                .flatMap(finished -> finished.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : append(transaction, tenantId, AuditEvent.SERVICE, "recipient.erased", open.id())));
    }

    private Uni<Void> append(SqlClient transaction, int tenantId, String actor, String action, String id) {
        return audit.append(transaction, new AuditEvent(tenantId, clock.instant(), actor, action, ERASED + id, Map.of()));
    }
}
