package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.TenantListener;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Deletes messages that name an erased person, and the endpoints and messages of a tenant that has ended. The endpoints go when the tenant
 * ends, so nothing of it is sent from then on. What a receiver has got is no longer in the hands of the service.
 */
@ApplicationScoped
class WebhookErasure implements PersonalData, TenantListener {

    private static final int BATCH = 500;

    private final Database database;
    private final WebhookRows rows;

    WebhookErasure(Database database, WebhookRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /** No message depends on what can change. */
    @Override
    public Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> ended(SqlConnection transaction, Tenant tenant) {
        return rows.deleteAll(transaction, tenant.id());
    }

    private static final String OF_PERSON =
            """
            DELETE FROM webhook_message
            WHERE tenant_id = ? AND recipient_id = ?
            LIMIT ?""";

    @Override
    public Uni<Boolean> erase(Person person) {
        return delete(OF_PERSON, Tuple.of(person.tenant().tenantId(), person.recipientId(), BATCH));
    }

    private static final String OF_TENANT =
            """
            DELETE FROM webhook_message
            WHERE tenant_id = ?
            LIMIT ?""";

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return rows.deleteAll(database.client(), tenantId).flatMap(_ -> delete(OF_TENANT, Tuple.of(tenantId, BATCH)));
    }

    private Uni<Boolean> delete(String sql, Tuple values) {
        return database.client().preparedQuery(sql).execute(values).map(deleted -> deleted.rowCount() < BATCH);
    }
}
