package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.Letter;
import java.time.Instant;
import java.util.List;

/**
 * A mail that waits to be handed over, after that many attempts; while it is handed over, in that one.
 *
 * @param since when it was written
 */
record OwnerMail(String runId, int tenantId, String address, OwnerLetter letter, int attempt, Instant since) {

    static OwnerMail of(Row row) {
        return new OwnerMail(
                row.getString("run_id"),
                row.getInteger("tenant_id"),
                row.getString("address"),
                new OwnerLetter(OwnerLetter.About.of(row.getString("about")), row.getString("subject"), row.getString("body")),
                row.getInteger("attempt"),
                Utc.instant(row.getLocalDateTime("created_at")));
    }

    OwnerMail taken() {
        return new OwnerMail(runId, tenantId, address, letter, attempt + 1, since);
    }

    /** Plain text, and the same Message-ID each time: who gets it twice can tell. */
    Letter toLetter(DeliveryConfig config) {
        var domain = config.from().substring(config.from().lastIndexOf('@') + 1);
        var messageId = "<%s.%s@%s>".formatted(runId, letter.about().text(), domain);
        return new Letter(address, null, null, messageId, letter.subject(), null, letter.body(), List.of());
    }
}
