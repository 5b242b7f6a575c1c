package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the table {@code webhook}, always in the caller's transaction. Only {@link WebhookSecretRotation} writes to it too. */
@ApplicationScoped
class WebhookRows {

    private static final String INSERT =
            """
            INSERT INTO webhook (tenant_id, id, url, events, secret, state, created_at, updated_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, ?, ?)""";

    /** @param secret encrypted */
    Uni<Void> insert(SqlClient transaction, OfTenant tenant, String id, WebhookChange wanted, String secret, Instant at) {
        var now = Utc.column(at);
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    tenant.tenantId(), id, wanted.url(), events(wanted.events()), secret, state(wanted).text(), now, now
                }))
                .replaceWithVoid();
    }

    private static String events(List<WebhookEvent> events) {
        return events.stream().map(WebhookEvent::text).collect(Collectors.joining(","));
    }

    private static EndpointState state(WebhookChange wanted) {
        return wanted.enabled() ? EndpointState.ACTIVE : EndpointState.DISABLED;
    }

    // An admin who stores an endpoint has looked at it, so its failures are counted from zero, and it is tried at once.
    private static final String REPLACE =
            """
            UPDATE webhook
            SET url = ?, events = ?, state = ?, failures = 0, failing_since = NULL, paused_until = NULL, last_error = NULL, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    Uni<Void> replace(SqlClient transaction, OfTenant tenant, String id, WebhookChange wanted, Instant at) {
        return transaction
                .preparedQuery(REPLACE)
                .execute(Tuple.from(new Object[] {
                    wanted.url(), events(wanted.events()), state(wanted).text(), Utc.column(at), tenant.tenantId(), id
                }))
                .replaceWithVoid();
    }

    // The order counts: MySQL sets one column after the other.
    private static final String ROTATE =
            """
            UPDATE webhook
            SET previous_secret = secret, previous_until = NOW(6) + INTERVAL ? MICROSECOND, secret = ?, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** @param secret the new one, encrypted */
    Uni<Void> rotate(SqlClient transaction, OfTenant tenant, String id, String secret, Duration overlap, Instant at) {
        return transaction
                .preparedQuery(ROTATE)
                .execute(Tuple.of(Utc.micros(overlap), secret, Utc.column(at), tenant.tenantId(), id))
                .replaceWithVoid();
    }

    private static final String JUDGE =
            """
            UPDATE webhook
            SET state = ?, failures = ?, failing_since = ?, paused_until = IF(? = 0, NULL, NOW(6) + INTERVAL ? MICROSECOND), last_error = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Stores how the endpoint is after some attempts. */
    Uni<Void> judge(SqlClient transaction, int tenantId, String id, EndpointHealth health, Duration pause) {
        return transaction
                .preparedQuery(JUDGE)
                .execute(Tuple.from(new @Nullable Object[] {
                    health.state().text(), health.failures(), Utc.column(health.failingSince()), Utc.micros(pause), Utc.micros(pause),
                    health.lastError(), tenantId, id
                }))
                .replaceWithVoid();
    }

    private static final String DELETE =
            """
            DELETE FROM webhook
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    Uni<Boolean> delete(SqlClient transaction, OfTenant tenant, String id) {
        return transaction
                .preparedQuery(DELETE)
                .execute(Tuple.of(tenant.tenantId(), id))
                .map(deleted -> deleted.rowCount() == 1);
    }

    private static final String DELETE_ALL =
            """
            DELETE FROM webhook
            WHERE tenant_id = ?""";

    /** Deletes all endpoints of the tenant with their secrets. */
    Uni<Void> deleteAll(SqlClient transaction, int tenantId) {
        return transaction.preparedQuery(DELETE_ALL).execute(Tuple.of(tenantId)).replaceWithVoid();
    }
}
