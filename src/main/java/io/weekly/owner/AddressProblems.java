package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table {@code owner_problem}: addresses of owners that bounced. Package {@code schedule} reads it, and shows a problem at each
 * schedule of the owner. So another owner of the schedule ends the problem there.
 *
 * <p>If the mail server refused the address itself, the problem ends when it takes a later letter. If the bounce came later, that is not
 * enough: a relay takes every letter. Then the problem ends if no bounce follows within three days.
 */
@ApplicationScoped
class AddressProblems {

    private static final Duration QUIET = Duration.ofDays(3);
    private static final int MAX_REASON = 1000;
    private static final int BATCH = 1000;

    private final Database database;
    private final Clock clock;

    AddressProblems(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String NOTE =
            """
            INSERT INTO owner_problem (tenant_id, address, reason, since, late)
            VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE reason = VALUES(reason), late = VALUES(late), accepted_at = NULL""";

    /**
     * A letter to the address bounced. If one has bounced before, the time of the first bounce stays.
     *
     * @param late whether the mail server had taken the letter
     */
    Uni<Void> note(SqlClient transaction, int tenantId, String address, String reason, Instant at, boolean late) {
        return transaction
                .preparedQuery(NOTE)
                .execute(Tuple.of(tenantId, key(address), shortened(reason), Utc.column(at), late))
                .replaceWithVoid();
    }

    static String shortened(String reason) {
        return Ellipsis.shorten(ControlCharacters.oneLine(reason), MAX_REASON);
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private static final String END =
            """
            DELETE FROM owner_problem
            WHERE tenant_id = ? AND address = ? AND NOT late""";
    private static final String ACCEPTED =
            """
            UPDATE owner_problem
            SET accepted_at = COALESCE(accepted_at, ?)
            WHERE tenant_id = ? AND address = ?""";

    /** The mail server took a letter to the address. */
    Uni<Void> accepted(SqlClient transaction, int tenantId, String address) {
        return transaction
                .preparedQuery(END)
                .execute(Tuple.of(tenantId, key(address)))
                .flatMap(_ -> transaction
                        .preparedQuery(ACCEPTED)
                        .execute(Tuple.of(Utc.column(clock.instant()), tenantId, key(address))))
                .replaceWithVoid();
    }

    private static final String SETTLE =
            """
            DELETE FROM owner_problem
            WHERE accepted_at <= ?
            LIMIT ?""";

    /** Ends problems whose later letter has not bounced, a limited number of them. */
    Uni<Void> settle() {
        return database.client()
                .preparedQuery(SETTLE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(QUIET)), BATCH))
                .replaceWithVoid();
    }

    private static final String PRUNE =
            """
            DELETE FROM owner_problem
            WHERE since <= ? AND NOT EXISTS (SELECT 1
                                             FROM schedule s
                                             WHERE s.tenant_id = owner_problem.tenant_id AND LOWER(s.owner) = owner_problem.address
                                               AND s.ended_at IS NULL)""";

    /** Deletes problems of addresses that own nothing any more, after 30 days. There are few rows in this table. */
    Uni<Void> prune() {
        return database.client()
                .preparedQuery(PRUNE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(SentLetters.KEEP))))
                .replaceWithVoid();
    }

    private static final String ERASE =
            """
            DELETE FROM owner_problem
            WHERE tenant_id = ? AND (? OR address IN (%s))""";

    /**
     * Deletes problems.
     *
     * @param addresses in lower case; empty for all addresses of the tenant
     */
    Uni<Void> erase(int tenantId, Optional<List<String>> addresses) {
        var values = Tuple.of(tenantId, addresses.isEmpty());
        addresses.ifPresent(some -> some.forEach(values::addString));
        return database.client()
                .preparedQuery(ERASE.formatted(Placeholders.orNone(addresses.map(List::size).orElse(0))))
                .execute(values)
                .replaceWithVoid();
    }
}
