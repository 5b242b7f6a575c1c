package io.weekly.owner;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.FeedbackId;
import io.weekly.delivery.OutgoingMail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A letter to the owner of a schedule that has not been sent yet.
 *
 * @param id of the run that it is about; of a digest, its own
 * @param slug of the tenant
 * @param address where it goes: to the owner, or to the tenant's fallback address
 * @param bouncedAddress the address of the owner if it bounced, so that the letter goes to the fallback address; null if it goes to the
 *     owner
 * @param attempt how many attempts have started
 * @param since when it was stored
 */
record Letter(
        String id, LetterKind kind, int tenantId, String slug, String address, @Nullable String bouncedAddress, String subject, String body,
        int attempt, Instant since) {

    static Letter of(Row row) {
        return new Letter(
                row.getString("run_id"),
                LetterKind.of(row.getString("about")),
                row.getInteger("tenant_id"),
                row.getString("slug"),
                row.getString("address"),
                row.getString("bounced_address"),
                row.getString("subject"),
                row.getString("body"),
                row.getInteger("attempt"),
                Utc.instant(row.getLocalDateTime("created_at")));
    }

    /** The same letter with the number of its next attempt. */
    Letter taken() {
        return new Letter(id, kind, tenantId, slug, address, bouncedAddress, subject, body, attempt + 1, since);
    }

    /** Whether it goes to the fallback address. */
    boolean toFallback() {
        return bouncedAddress != null;
    }

    /** What its audit event is about: the run, or the tenant. */
    String auditSubject() {
        return kind.isAboutRun() ? id : slug;
    }

    /**
     * Each attempt has the same Message-ID, so that mail programs recognise a second copy. The letter to the fallback address has another
     * one, so that its bounce is not taken for the bounce of the first one.
     */
    String messageId(DeliveryConfig config) {
        return "<%s.%s%s@%s>".formatted(id, kind.text(), toFallback() ? ".fallback" : "", config.from().domain());
    }

    /** In plain text. */
    OutgoingMail toOutgoingMail(DeliveryConfig config) {
        return new OutgoingMail(address, null, null, messageId(config), subject, null, body, List.of())
                .with(FeedbackId.HEADER, FeedbackId.of(kind.text(), slug, FeedbackId.Type.LETTER));
    }
}
