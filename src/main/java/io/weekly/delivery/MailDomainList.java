package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Lists the domains that are paused or limited, or that have refused the sender since their last accepted mail, for operators. */
@ApplicationScoped
public class MailDomainList {

    private static final String PAGE =
            """
            SELECT domain, refusals, reply, paused_at, IF(paused_at IS NULL, 0, probes) AS probes, next_probe_at,
                   CAST(COALESCE(%s, 0) AS SIGNED) AS gap, limited_at
            FROM mail_domain
            WHERE domain > ?
            ORDER BY domain
            LIMIT ?""".formatted(MailDomains.GAP);

    private final Database database;

    MailDomainList(Database database) {
        this.database = database;
    }

    /**
     * A domain of recipients.
     *
     * @param refusals refusals of the sender in a row
     * @param reply the last refusal or limit, without addresses
     * @param pausedAt since when no mails are sent but probes; null if mails are sent
     * @param probes how many probes were sent since then
     * @param nextProbeAt when the next probe may be sent; null if the domain is not paused
     * @param gapMillis the time between two mails, because the domain wants fewer of them; 0 if there is no limit
     * @param limitedAt when it asked for fewer mails; null if it never did
     */
    public record MailDomain(
            String domain, int refusals, String reply, @Nullable Instant pausedAt, int probes, @Nullable Instant nextProbeAt,
            long gapMillis, @Nullable Instant limitedAt) {}

    /** @param after the last domain of the page before; empty for the first page */
    public Uni<List<MailDomain>> page(String after, int limit) {
        return database.client()
                .preparedQuery(PAGE)
                .execute(Tuple.of(after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(MailDomainList::domain).toList());
    }

    private static MailDomain domain(Row row) {
        return new MailDomain(
                row.getString("domain"),
                row.getInteger("refusals"),
                row.getString("reply"),
                Utc.instant(row.getLocalDateTime("paused_at")),
                row.getInteger("probes"),
                Utc.instant(row.getLocalDateTime("next_probe_at")),
                row.getLong("gap") / 1000,
                Utc.instant(row.getLocalDateTime("limited_at")));
    }
}
