package io.weekly.tenant;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Erases recipients: name, addresses, locale, tags, PDF password, preferences, and the user id. The row and its number stay, because
 * reports and ledgers refer to it. Such a row is not visible as a recipient any more, and the user id is free for another person.
 */
@ApplicationScoped
public class RecipientErasure implements PersonalData {

    private static final int BATCH = 500;

    private final Database database;
    private final Clock clock;

    RecipientErasure(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String LOCK =
            """
            SELECT id, CONCAT(email, COALESCE(earlier_addresses, '')) AS addresses
            FROM recipient
            WHERE tenant_id = ? AND user_id = ? AND erased_at IS NULL
            FOR UPDATE""";
    private static final String ERASE =
            """
            UPDATE recipient
            SET user_id = ?, name = '', email = '', earlier_addresses = NULL, locale = NULL, tags = '[]',
              pdf_password = NULL, active = FALSE,
              ended_at = COALESCE(ended_at, ?), updated_at = ?, erased_at = ?, incarnation = incarnation + 1
            WHERE tenant_id = ? AND id = ?""";

    /**
     * Ends and erases a recipient in the caller's transaction, active or not. Queued work for it ends as suppressed.
     *
     * @param erasedId its user id from now on
     * @return what it was; empty if there is no such recipient
     */
    public Uni<Optional<Erased>> erase(SqlClient transaction, OfTenant tenant, String userId, String erasedId) {
        var now = column(clock.instant());
        return transaction.preparedQuery(LOCK).execute(Tuple.of(tenant.tenantId(), userId)).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            var row = rows.iterator().next();
            var erased = new Erased(
                    new OfRecipient(tenant.tenantId(), row.getLong("id")), row.getString("addresses").lines().toList());
            return Preferences.delete(transaction, tenant, userId)
                    .flatMap(_ -> transaction
                            .preparedQuery(ERASE)
                            .execute(Tuple.of(erasedId, now, now, now, tenant.tenantId()).addLong(erased.scope().recipientId())))
                    .replaceWith(Optional.of(erased));
        });
    }

    /** @param addresses those that it had, the last one first */
    public record Erased(OfRecipient scope, List<String> addresses) {}

    /** The recipient is erased when the erasure is requested. */
    @Override
    public Uni<Boolean> erase(Person person) {
        return Uni.createFrom().item(true);
    }

    // Nobody can store a recipient of a tenant that has ended, so no user id can be in the way.
    private static final String ERASE_SOME =
            """
            UPDATE recipient
            SET user_id = CONCAT('erased-', id), name = '', email = '', earlier_addresses = NULL, locale = NULL, tags = '[]',
              pdf_password = NULL, active = FALSE,
              ended_at = COALESCE(ended_at, ?), updated_at = ?, erased_at = ?, incarnation = incarnation + 1
            WHERE tenant_id = ? AND erased_at IS NULL
            LIMIT ?""";

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        var now = column(clock.instant());
        return database.transaction(transaction -> Preferences.deleteSome(transaction, tenantId, BATCH)
                .flatMap(deleted -> transaction
                        .preparedQuery(ERASE_SOME)
                        .execute(Tuple.of(now, now, now, tenantId, BATCH))
                        .map(erased -> deleted < BATCH && erased.rowCount() < BATCH)));
    }
}
