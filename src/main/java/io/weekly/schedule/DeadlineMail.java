package io.weekly.schedule;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.Letter;
import java.time.Instant;
import java.util.List;

/**
 * A mail that waits to be handed over, after that many attempts; while it is handed over, in that one.
 *
 * @param since when its run was judged
 */
record DeadlineMail(String runId, int tenantId, String address, String subject, String body, int attempt, Instant since) {

    static DeadlineMail of(Row row) {
        return new DeadlineMail(
                row.getString("run_id"),
                row.getInteger("tenant_id"),
                row.getString("address"),
                row.getString("subject"),
                row.getString("body"),
                row.getInteger("attempt"),
                Utc.instant(row.getLocalDateTime("judged_at")));
    }

    DeadlineMail taken() {
        return new DeadlineMail(runId, tenantId, address, subject, body, attempt + 1, since);
    }

    /** Plain text, and the same Message-ID each time: who gets it twice can tell. */
    Letter letter(DeliveryConfig config) {
        var domain = config.from().substring(config.from().lastIndexOf('@') + 1);
        return new Letter(address, null, null, "<%s.deadline@%s>".formatted(runId, domain), subject, null, body, List.of());
    }
}
