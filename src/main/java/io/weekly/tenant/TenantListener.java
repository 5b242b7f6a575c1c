package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Something that must change together with a tenant: its schedules, whose next send time depends on its zone. Called in the
 * transaction of the change, with the tenant's row locked. So that {@code tenant} need not know who follows it.
 */
public interface TenantListener {

    /** The tenant is about to become {@code after}. */
    Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after);

    /** The tenant is about to end. */
    Uni<Void> ended(SqlConnection transaction, Tenant tenant);
}
