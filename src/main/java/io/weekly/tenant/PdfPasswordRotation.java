package io.weekly.tenant;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.keys.Reencryption;
import io.weekly.tenant.Secrets.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Encrypts the PDF passwords of tenants and recipients anew: the same password with the current key. Nobody sees a change, so there is no
 * event, and {@code updated_at} stays. Passwords of tenants that have ended stay as they are, because nothing reads them.
 */
@ApplicationScoped
class PdfPasswordRotation implements Reencryption {

    private static final Logger LOG = Logger.getLogger(PdfPasswordRotation.class);
    private static final int BATCH = 200;

    private final Database database;
    private final Secrets secrets;

    PdfPasswordRotation(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    @Override
    public String things() {
        return "PDF passwords";
    }

    // The row of a tenant has no recipient; 0 stands for it, which is less than the number of any recipient. Both parts read in the order
    // of the primary key and end at the limit. So a page costs the same, however many passwords there are.
    private static final String PAGE =
            """
            SELECT p.tenant_id, p.recipient_id, p.user_id, p.pdf_password
            FROM (
              (SELECT t.id AS tenant_id, 0 AS recipient_id, NULL AS user_id, t.pdf_password
               FROM tenant t
               WHERE t.id > ? AND t.ended_at IS NULL AND t.pdf_password <> '' AND SUBSTRING_INDEX(t.pdf_password, ':', 1) <> ?
               ORDER BY t.id
               LIMIT ?)
              UNION ALL
              (SELECT STRAIGHT_JOIN r.tenant_id, r.id, r.user_id, r.pdf_password
               FROM recipient r FORCE INDEX (PRIMARY)
               JOIN tenant t ON t.id = r.tenant_id
               WHERE (r.tenant_id > ? OR r.tenant_id = ? AND r.id > ?) AND t.ended_at IS NULL AND r.pdf_password <> ''
                 AND SUBSTRING_INDEX(r.pdf_password, ':', 1) <> ?
               ORDER BY r.tenant_id, r.id
               LIMIT ?)
            ) p
            ORDER BY p.tenant_id, p.recipient_id
            LIMIT ?""";

    @Override
    public Uni<Step> next(String after) {
        return database.client()
                .preparedQuery(PAGE)
                .execute(values(Position.of(after), secrets.currentKey()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Password::of).toList())
                .flatMap(page -> Multi.createFrom().iterable(page)
                        .onItem()
                        .transformToUniAndConcatenate(this::move)
                        .collect()
                        .asList()
                        .map(moved -> step(page, moved)));
    }

    private static Tuple values(Position last, String currentKey) {
        return Tuple.from(new Object[] {
            last.tenantId(), currentKey, BATCH,
            last.tenantId(), last.tenantId(), last.recipientId(), currentKey, BATCH,
            BATCH
        });
    }

    private record Position(int tenantId, long recipientId) {

        static Position of(String text) {
            if (text.isEmpty()) {
                return new Position(0, 0);
            }
            var numbers = text.split(":", 2);
            return new Position(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
        }
    }

    /** @param recipientId 0 for the password of the tenant */
    private record Password(int tenantId, long recipientId, Owner owner, String column) {

        static Password of(Row row) {
            int tenantId = row.getInteger("tenant_id");
            var userId = Optional.ofNullable(row.getString("user_id"));
            return new Password(tenantId, row.getLong("recipient_id"), new Owner(tenantId, userId), row.getString("pdf_password"));
        }
    }

    /** Empty if the password cannot be decrypted; false if somebody has changed it since it was read. */
    private Uni<Optional<Boolean>> move(Password password) {
        try {
            return replace(password, secrets.encryptAnew(password.owner(), password.column())).map(Optional::of);
        } catch (IllegalStateException e) {
            LOG.errorf("the PDF password of %s of tenant %d stays as it is: %s",
                    password.owner().userId().map(id -> "recipient " + id).orElse("all recipients"), password.tenantId(), e.getMessage());
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private static final String OF_TENANT =
            """
            UPDATE tenant
            SET pdf_password = ?
            WHERE id = ? AND pdf_password = ?""";
    private static final String OF_RECIPIENT =
            """
            UPDATE recipient
            SET pdf_password = ?
            WHERE tenant_id = ? AND id = ? AND pdf_password = ?""";

    private Uni<Boolean> replace(Password before, String after) {
        var sql = before.recipientId() == 0 ? OF_TENANT : OF_RECIPIENT;
        var values = before.recipientId() == 0
                ? Tuple.of(after, before.tenantId(), before.column())
                : Tuple.of(after, before.tenantId(), before.recipientId(), before.column());
        return database.client().preparedQuery(sql).execute(values).map(replaced -> replaced.rowCount() == 1);
    }

    private static Step step(List<Password> page, List<Optional<Boolean>> moved) {
        return new Step(
                (int) moved.stream().filter(result -> result.orElse(false)).count(),
                (int) moved.stream().filter(Optional::isEmpty).count(),
                page.size() < BATCH
                        ? Optional.empty()
                        : Optional.of(page.getLast().tenantId() + ":" + page.getLast().recipientId()));
    }
}
