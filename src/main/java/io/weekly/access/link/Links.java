package io.weekly.access.link;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.access.link.OpenedLinks.Opened;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.keys.MissingKeyException;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes and revokes links, and records their use. The only class that writes the table. */
@ApplicationScoped
public class Links {

    private static final String ACTOR = "link:";
    private static final String TTL =
            """
            SELECT t.link_ttl_days
            FROM report r
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE r.tenant_id = ? AND r.id = UNHEX(?) AND\s"""
                    + OpenedLinks.HAS_READER;
    // A retried mail has the link of the first attempt, so nothing changes if there is one.
    private static final String INSERT =
            """
            INSERT INTO link (tenant_id, id, report_id, format, delivery, key_id, mac, created_by, created_at, expires_at)
            VALUES (?, UNHEX(?), UNHEX(?), ?, ?, ?, UNHEX(?), ?, ?, ?)
            ON DUPLICATE KEY UPDATE delivery = VALUES(delivery)""";
    // Reads the row that another process has just made, too.
    private static final String OF_DELIVERY =
            """
            SELECT LOWER(HEX(id)) AS id, key_id, expires_at, LOWER(HEX(mac)) AS mac
            FROM link
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND delivery = ? AND format = ?
            FOR UPDATE""";
    private static final String EXTEND =
            """
            UPDATE link
            SET expires_at = ?, mac = UNHEX(?)
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final LinkTokens tokens;
    private final LinkMacs macs;
    private final AuditLog audit;
    private final LinkConfig config;
    private final PublicUrl publicUrl;
    private final Clock clock;

    Links(Database database, LinkTokens tokens, LinkMacs macs, AuditLog audit, LinkConfig config, PublicUrl publicUrl, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.macs = macs;
        this.audit = audit;
        this.config = config;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Whether mails can contain links: there is a key to sign them with, and the address of the service is known. */
    public boolean canBeMailed() {
        return tokens.currentKey().isPresent() && publicUrl.isSet();
    }

    /** Makes a link. If it belongs to a delivery that has one to this file, the result is that one. */
    public Uni<LinkResult> make(LinkOrder order) {
        return tokens.currentKey()
                .map(key -> database.transaction(transaction -> make(transaction, order, key)))
                .orElseGet(() -> Uni.createFrom().item(new LinkResult.NoKey()));
    }

    private Uni<LinkResult> make(SqlConnection transaction, LinkOrder order, String keyId) {
        return transaction
                .preparedQuery(TTL)
                .execute(Tuple.of(order.tenantId(), order.reportId()))
                .flatMap(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().item(new LinkResult.NoReader());
                    }
                    var longest = Duration.ofDays(Optional.ofNullable(rows.iterator().next().getInteger("link_ttl_days"))
                            .orElse(config.days()));
                    var ttl = order.ttl().orElse(longest);
                    return ttl.compareTo(longest) > 0
                            ? Uni.createFrom().item(new LinkResult.TooLong(longest))
                            : insert(transaction, order, keyId, ttl);
                });
    }

    private Uni<LinkResult> insert(SqlConnection transaction, LinkOrder order, String keyId, Duration ttl) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the columns store it
        var ends = now.plus(ttl);
        var made = made(new LinkTerms(
                order.tenantId(), Ids.next(clock), order.reportId(), order.format(), keyId,
                ends.isBefore(order.fileExpiresAt()) ? ends : order.fileExpiresAt().truncatedTo(ChronoUnit.MICROS)));
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    order.tenantId(), made.id(), order.reportId(), order.format(), order.delivery().orElse(null), keyId, made.mac(),
                    order.actor(), column(now), column(made.expiresAt())
                }))
                .flatMap(_ -> order.delivery()
                        .map(delivery -> ofDelivery(transaction, order, delivery)
                                .flatMap(stored -> extended(transaction, stored, made.expiresAt())))
                        .orElseGet(() -> Uni.createFrom().item(made)))
                .call(stored -> stored.id().equals(made.id())
                        ? audit.append(transaction, created(order, made, now))
                        : Uni.createFrom().voidItem())
                .map(stored -> stored);
    }

    private static Uni<LinkResult.Made> ofDelivery(SqlConnection transaction, LinkOrder order, int delivery) {
        return transaction
                .preparedQuery(OF_DELIVERY)
                .execute(Tuple.of(order.tenantId(), order.reportId(), delivery, order.format()))
                .map(rows -> stored(order, rows.iterator().next()));
    }

    private static LinkResult.Made stored(LinkOrder order, Row row) {
        var terms = new LinkTerms(
                order.tenantId(), row.getString("id"), order.reportId(), order.format(), row.getString("key_id"),
                Utc.instant(row.getLocalDateTime("expires_at")));
        return new LinkResult.Made(terms, row.getString("mac"));
    }

    /**
     * If a mail is sent again later, its link works as long as a new one would. A row that somebody changed gets no new MAC, and so no
     * address ({@link #url}).
     */
    private Uni<LinkResult.Made> extended(SqlConnection transaction, LinkResult.Made stored, Instant end) {
        if (!stored.expiresAt().isBefore(end) || !macs.isGenuine(stored.terms(), stored.mac())) {
            return Uni.createFrom().item(stored);
        }
        var extended = made(stored.terms().withExpiry(end));
        return transaction
                .preparedQuery(EXTEND)
                .execute(Tuple.of(column(end), extended.mac(), extended.terms().tenantId(), extended.id()))
                .replaceWith(extended);
    }

    private LinkResult.Made made(LinkTerms terms) {
        return new LinkResult.Made(terms, macs.mac(terms));
    }

    private static AuditEvent created(LinkOrder order, LinkResult.Made made, Instant now) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("link", made.id());
        detail.put("format", order.format());
        detail.put("expiresAt", made.expiresAt().toString());
        order.delivery().ifPresent(number -> detail.put("delivery", number));
        return new AuditEvent(order.tenantId(), now, order.actor(), "link.created", order.reportId(), detail);
    }

    /**
     * The address of a link, which contains its token. Never log it.
     *
     * @throws MissingKeyException if the key that signs it is not configured any more
     * @throws IllegalStateException if somebody changed the link in the database
     */
    public String url(LinkResult.Made link) {
        var token = tokens.token(link.terms().keyId(), link.id());
        if (!macs.isGenuine(link.terms(), link.mac())) {
            throw new IllegalStateException("the link %s was changed in the database".formatted(link.id()));
        }
        return publicUrl.of("/d/" + token);
    }

    private static final String REVOKE =
            """
            UPDATE link
            SET revoked_at = ?
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND id = UNHEX(?) AND revoked_at IS NULL""";
    private static final String EXISTS =
            """
            SELECT 1
            FROM link
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND id = UNHEX(?)""";

    /** Revokes a link of a report. Revoking it again changes nothing. False if the report has no such link. */
    public Uni<Boolean> revoke(Scope.OfTenant tenant, String reportId, String linkId, String actor) {
        if (!Ids.isId(linkId)) {
            return Uni.createFrom().item(false);
        }
        var now = clock.instant();
        return database.transaction(transaction -> transaction
                .preparedQuery(REVOKE)
                .execute(Tuple.of(column(now), tenant.tenantId(), reportId, linkId))
                .flatMap(revoked -> revoked.rowCount() == 1
                        ? audit.append(transaction, event(tenant.tenantId(), now, actor, "link.revoked", reportId, linkId))
                                .replaceWith(true)
                        : transaction.preparedQuery(EXISTS)
                                .execute(Tuple.of(tenant.tenantId(), reportId, linkId))
                                .map(rows -> rows.size() == 1)));
    }

    private static final String USE =
            """
            UPDATE link
            SET last_used_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND revoked_at IS NULL""";

    /** Records that a link is opened. False if it was revoked in the meantime: then it must not open. */
    public Uni<Boolean> use(Opened.Works link) {
        var now = clock.instant();
        return database.transaction(transaction -> transaction
                .preparedQuery(USE)
                .execute(Tuple.of(column(now), link.tenantId(), link.id()))
                .flatMap(used -> used.rowCount() == 1
                        // Nobody knows who opened it. Most likely it was the recipient, so the address is erased with the recipient.
                        ? audit.append(transaction, event(
                                        link.tenantId(), now, ACTOR + link.id(), "link.opened", link.reportId(), link.id())
                                .withClientOf(PersonalText.recipient(link.recipientId())))
                                .replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    /** The subject is the report, so the event is in the trail of the report. */
    private static AuditEvent event(int tenantId, Instant now, String actor, String action, String reportId, String linkId) {
        return new AuditEvent(tenantId, now, actor, action, reportId, Map.of("link", linkId));
    }
}
