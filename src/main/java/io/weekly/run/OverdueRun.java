package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run whose deadline has passed.
 *
 * @param owner the e-mail address of the current owner of the run's schedule; null if there is nobody to write to
 */
record OverdueRun(
        int tenantId, String id, String definition, String period, int revision, Instant deadline, TenantOfRun tenant,
        @Nullable String owner) {

    static OverdueRun of(Row row) {
        return new OverdueRun(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                Utc.instant(row.getLocalDateTime("deadline_at")),
                new TenantOfRun(row.getString("slug"), row.getString("name"), ZoneId.of(row.getString("zone"))),
                row.getString("owner"));
    }

    /** The figures of the run at the moment when it was judged. */
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
