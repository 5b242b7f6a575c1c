package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A run that waits for its data and whose next check is due.
 *
 * @param until when the wait ends
 * @param isOver whether the longest wait has passed, so that this check is the last one
 * @param asked how many checks came before this one
 * @param fault why the last check failed; null if it did not fail
 * @param owner the e-mail address of the current owner of the run's schedule; null if there is nobody to write to
 */
record WaitingRun(
        int tenantId, String id, String definition, String period, int revision, Instant until, boolean isOver, int asked,
        @Nullable String fault, TenantOfRun tenant, @Nullable String owner) {

    static WaitingRun of(Row row) {
        return new WaitingRun(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                Utc.instant(row.getLocalDateTime("wait_until")),
                row.getInteger("wait_is_over") != 0,
                row.getInteger("asked"),
                row.getString("fault"),
                new TenantOfRun(row.getString("slug"), row.getString("name"), ZoneId.of(row.getString("zone"))),
                row.getString("owner"));
    }
}
