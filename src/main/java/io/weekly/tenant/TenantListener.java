package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Changes data together with a tenant, such as its schedules, whose next send time depends on its zone. Called in the transaction of the
 * change, with the tenant's row locked. With this interface {@code tenant} does not depend on the packages of that data.
 */
public interface TenantListener {

    /** The tenant is about to change from {@code before} to {@code after}. */
    Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after);

    /** The tenant is about to end. */
    Uni<Void> ended(SqlConnection transaction, Tenant tenant);
}
