package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run whose deadline has passed.
 *
 * @param owner of the schedule that it comes from, as it is now; null where there is nobody to write to
 */
record PassedRun(
        int tenantId, String id, String definition, String period, int revision, Instant deadline, Tenant tenant, String owner) {

    record Tenant(String slug, String name, ZoneId zone) {}

    static PassedRun of(Row row) {
        return new PassedRun(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                Utc.instant(row.getLocalDateTime("deadline_at")),
                new Tenant(row.getString("slug"), row.getString("name"), ZoneId.of(row.getString("zone"))),
                row.getString("owner"));
    }

    /** What was due, what of it has ended and how, what has not; as it was when the run was judged. */
    Map<String, Object> eventDetail(Ledger ledger) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("deadline", deadline.toString());
        detail.put("due", ledger.due());
        detail.put("dueFrozen", ledger.frozen());
        detail.put("ended", ledger.ended());
        detail.put("missing", ledger.missing());
        detail.put("open", ledger.open());
        return detail;
    }
}
