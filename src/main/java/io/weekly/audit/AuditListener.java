package io.weekly.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;

/**
 * Told of each batch of audit events in the transaction that writes them. Packages that act on events implement this interface as a bean,
 * so {@code audit} does not depend on them.
 *
 * <p>A listener is called for all events, so it must be fast if an event does not concern it. It must not append events itself. If it
 * fails, the change and its events fail too. After a deadlock the whole transaction runs again, and the listener with it: so it changes
 * nothing but rows in this transaction.
 */
public interface AuditListener {

    /**
     * The events are written.
     *
     * @param transaction the transaction that wrote them. Run one statement after the other
     * @param events in the order in which they were written, with user ids and texts and not with pseudonyms and hashes; never empty
     */
    Uni<Void> written(SqlClient transaction, List<AuditEvent> events);
}
