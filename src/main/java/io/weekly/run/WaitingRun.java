package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A run that waits for its data and is to be asked about now.
 *
 * @param until how long it waits
 * @param isOver whether it has: then this is the last question
 * @param asked how many questions came before this one
 * @param fault why the last of them had no answer; null where it had one
 * @param owner of the schedule that it comes from, as it is now; null where there is nobody to write to
 */
record WaitingRun(
        int tenantId, String id, String definition, String period, int revision, Instant until, boolean isOver, int asked, String fault,
        PassedRun.Tenant tenant, String owner) {

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
                new PassedRun.Tenant(row.getString("slug"), row.getString("name"), ZoneId.of(row.getString("zone"))),
                row.getString("owner"));
    }
}
