package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Changes data that depend on a tenant, in the transaction that changes the tenant. For example, the next send time of a schedule depends
 * on the zone of its tenant. The caller has locked the row of the tenant. The packages with such data implement this interface, so
 * {@code tenant} does not depend on them.
 */
public interface TenantListener {

    /** The tenant is about to change from {@code before} to {@code after}. */
    Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after);

    /** The tenant is about to end. */
    Uni<Void> ended(SqlConnection transaction, Tenant tenant);
}
