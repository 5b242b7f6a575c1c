package io.weekly.access.link;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.access.RequestLimits;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Finds the link that a token names, and says whether it works. */
@ApplicationScoped
public class OpenedLinks {

    /**
     * Whether the report has a reader: the tenant has not ended, and the recipient is active and the same person as when the report was
     * queued. The tables are called t, rc and r.
     */
    static final String HAS_READER =
            "t.ended_at IS NULL AND rc.active AND rc.ended_at IS NULL AND rc.incarnation = r.incarnation";

    // A token that another key signed opens nothing, even if that key is in the keyring: an old key that leaked opens no newer links.
    private static final String FIND =
            """
            SELECT l.tenant_id, LOWER(HEX(l.id)) AS id, LOWER(HEX(l.report_id)) AS report_id, l.format, l.key_id,
                   l.expires_at, LOWER(HEX(l.mac)) AS mac, r.recipient_id, l.revoked_at IS NULL AND COALESCE(%s, FALSE) AS works
            FROM link l
            JOIN tenant t ON t.id = l.tenant_id
            LEFT JOIN report r ON r.tenant_id = l.tenant_id AND r.id = l.report_id
            LEFT JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE l.id = UNHEX(?) AND l.key_id = ?"""
                    .formatted(HAS_READER);

    private final Database database;
    private final LinkTokens tokens;
    private final LinkMacs macs;
    private final ChangedLinks changed;
    private final RequestLimits limits;
    private final Clock clock;

    OpenedLinks(Database database, LinkTokens tokens, LinkMacs macs, ChangedLinks changed, RequestLimits limits, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.macs = macs;
        this.changed = changed;
        this.limits = limits;
        this.clock = clock;
    }

    /** What a token opens. */
    public sealed interface Opened {

        /**
         * The file of this format, if the report still has it. Record the use before you serve it ({@link Links#use}).
         *
         * @param recipientId the number of the recipient of the report
         */
        record Works(int tenantId, String id, String reportId, String format, long recipientId) implements Opened {}

        /**
         * The link expired or was revoked, or its tenant or recipient has ended. The token is genuine, so the service made it once, even if
         * the link has been deleted since.
         */
        record Gone() implements Opened {}

        /** The service never made this token or this row, or does not have its key any more. */
        record Unknown() implements Opened {}

        /** The token is genuine, and has been sent too often. It may work again after this time. */
        record TooOften(Duration pause) implements Opened {}
    }

    /** Checks the token, and then the link. A token that is not genuine, or is sent too often, never reaches the database. */
    public Uni<Opened> find(String token) {
        return tokens.verify(token)
                .map(signed -> limits.request(token)
                        .map(wait -> Uni.createFrom().<Opened>item(new Opened.TooOften(wait)))
                        .orElseGet(() -> find(signed)))
                .orElseGet(() -> Uni.createFrom().item(new Opened.Unknown()));
    }

    private Uni<Opened> find(LinkTokens.Signed signed) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(signed.linkId(), signed.keyId()))
                .map(rows -> rows.size() == 0 ? new Opened.Gone() : opened(rows.iterator().next()));
    }

    private Opened opened(Row row) {
        var terms = terms(row);
        // First, because no other column of a row that somebody changed says anything.
        if (!macs.isGenuine(terms, row.getString("mac"))) {
            changed.report(terms);
            return new Opened.Unknown();
        }
        var expired = !clock.instant().isBefore(terms.expiresAt());
        if (expired || row.getInteger("works") == 0) {
            return new Opened.Gone();
        }
        return new Opened.Works(terms.tenantId(), terms.id(), terms.reportId(), terms.format(), row.getLong("recipient_id"));
    }

    private static LinkTerms terms(Row row) {
        return new LinkTerms(
                row.getInteger("tenant_id"), row.getString("id"), row.getString("report_id"), row.getString("format"),
                row.getString("key_id"), Utc.instant(row.getLocalDateTime("expires_at")));
    }
}
