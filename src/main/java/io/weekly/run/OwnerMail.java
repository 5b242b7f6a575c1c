package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.FeedbackId;
import io.weekly.delivery.OutgoingMail;
import java.time.Instant;
import java.util.List;

/**
 * A mail to the owner of a schedule that has not been sent yet.
 *
 * @param attempt how many attempts have started
 * @param since when it was stored
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

    /** The same mail with the number of its next attempt. */
    OwnerMail taken() {
        return new OwnerMail(runId, tenantId, address, letter, attempt + 1, since);
    }

    /** In plain text. Each attempt has the same Message-ID, so that mail programs recognise a second copy. */
    OutgoingMail toOutgoingMail(DeliveryConfig config) {
        var messageId = "<%s.%s@%s>".formatted(runId, letter.about().text(), config.from().domain());
        return new OutgoingMail(address, null, null, messageId, letter.subject(), null, letter.body(), List.of())
                .with(FeedbackId.HEADER, FeedbackId.of(letter.about().text(), "", FeedbackId.Type.LETTER));
    }
}
