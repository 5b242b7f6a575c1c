package io.weekly.delivery.suppression;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Counts the weeks in which the mailbox of an address was full, and suppresses the address after {@code weekly.suppression.soft-bounces}
 * weeks in a row. Only {@link SuppressionErasure} deletes others from the table. Every write happens in the caller's transaction.
 */
@ApplicationScoped
public class SoftBounces {

    /** Longer than the largest {@code weekly.suppression.soft-bounces}, in weeks. */
    private static final Duration KEPT = Duration.ofDays(400);
    private static final int BATCH = 5000;
    private static final String ADD =
            """
            INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at)
            VALUES (?, ?, ?, ?, ?)
            -- A week that a mail system named later stays such a week.
            ON DUPLICATE KEY UPDATE dialogue = dialogue AND VALUES(dialogue)""";
    private static final String WEEKS =
            """
            SELECT period, at
            FROM soft_bounce
            WHERE tenant_id = ? AND address = ?
            ORDER BY period""";

    private final Database database;
    private final Suppressions suppressions;
    private final SuppressionConfig config;
    private final Clock clock;

    SoftBounces(Database database, Suppressions suppressions, SuppressionConfig config, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.suppressions = suppressions;
        this.config = config;
    }

    /**
     * A mail system said later that the mailbox is full: a delivery status notification, or an event of a provider.
     *
     * @param period the ISO week of the report, {@code 2026-W47}; the same week counts once
     * @param detail what the mail system said
     */
    public Uni<Void> add(SqlClient transaction, int tenantId, String address, String period, String detail, Instant at) {
        return add(transaction, tenantId, address, period, false, detail, at);
    }

    /** The same, as the last reply in the dialogues with the mail server. */
    public Uni<Void> addFromDialogue(SqlClient transaction, int tenantId, String address, String period, String detail, Instant at) {
        return add(transaction, tenantId, address, period, true, detail, at);
    }

    private Uni<Void> add(
            SqlClient transaction, int tenantId, String address, String period, boolean dialogue, String detail, Instant at) {
        if (config.softBounces() == 0) {
            return Uni.createFrom().voidItem();
        }
        var normal = NormalAddress.of(address);
        return transaction.preparedQuery(ADD)
                .execute(Tuple.of(tenantId, normal, period, dialogue, Utc.column(at)))
                .flatMap(_ -> transaction.preparedQuery(WEEKS).execute(Tuple.of(tenantId, normal)))
                .flatMap(rows -> {
                    var weeks = new HashMap<String, Instant>();
                    rows.forEach(row -> weeks.put(row.getString("period"), Utc.instant(row.getLocalDateTime("at"))));
                    return WeeksInARow.around(period, weeks) < config.softBounces()
                            ? Uni.createFrom().voidItem()
                            : suppress(transaction, tenantId, normal, detail, at);
                });
    }

    /** The weeks are deleted, so that the count begins at zero when the suppression is lifted. */
    private Uni<Void> suppress(SqlClient transaction, int tenantId, String address, String detail, Instant at) {
        return suppressions.add(transaction, tenantId, address, SuppressionReason.SOFT_BOUNCES, detail, at)
                .flatMap(_ -> clear(transaction, tenantId, address));
    }

    private static final String CLEAR =
            """
            DELETE FROM soft_bounce
            WHERE tenant_id = ? AND address = ?""";

    /** The count of this address begins at zero. */
    Uni<Void> clear(SqlClient transaction, int tenantId, String address) {
        return transaction.preparedQuery(CLEAR).execute(Tuple.of(tenantId, NormalAddress.of(address))).replaceWithVoid();
    }

    private static final String ARRIVED =
            """
            DELETE FROM soft_bounce
            WHERE tenant_id = ? AND address = ? AND period = ? AND at < ?""";

    /**
     * A mail of this week arrived. If the mailbox was full earlier in the same week, it is not any more, so the week does not count. A week
     * that is missing ends the row, so the weeks before need no change. They must stay: some providers report that a mail arrived, and
     * later that the mailbox was full, for the same mail.
     *
     * @param period the ISO week of the report
     * @param at when the mail arrived
     */
    public Uni<Void> arrived(SqlClient transaction, int tenantId, String address, String period, Instant at) {
        return transaction
                .preparedQuery(ARRIVED)
                .execute(Tuple.of(tenantId, NormalAddress.of(address), period, Utc.column(at)))
                .replaceWithVoid();
    }

    private static final String ACCEPTED =
            """
            DELETE FROM soft_bounce
            WHERE tenant_id = ? AND address IN (%s) AND dialogue""";

    /**
     * The mail server accepted mails to these addresses. Weeks that the server named in dialogues do not count any more. Other weeks stay:
     * behind a relay, a mail that was accepted has not arrived. The list must not be empty.
     */
    public Uni<Void> accepted(SqlClient transaction, int tenantId, Collection<String> addresses) {
        var normal = addresses.stream().map(NormalAddress::of).distinct().sorted().toList();
        var values = new ArrayList<Object>(List.of(tenantId));
        values.addAll(normal);
        return transaction.preparedQuery(ACCEPTED.formatted(Placeholders.of("?", normal.size())))
                .execute(Tuple.from(values))
                .replaceWithVoid();
    }

    private static final String OF_ADDRESSES =
            """
            SELECT address, period, at
            FROM soft_bounce
            WHERE tenant_id = ? AND address IN (%s)
            ORDER BY address, period
            LIMIT ?""";

    /** The weeks of these addresses, at most {@code limit}. */
    Uni<List<SoftBounce>> ofAddresses(int tenantId, Collection<String> addresses, int limit) {
        var values = new ArrayList<Object>(List.of(tenantId));
        addresses.forEach(address -> values.add(NormalAddress.of(address)));
        values.add(limit);
        return database.client()
                .preparedQuery(OF_ADDRESSES.formatted(Placeholders.orNone(addresses.size())))
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new SoftBounce(
                                row.getString("address"), row.getString("period"), Utc.instant(row.getLocalDateTime("at"))))
                        .toList());
    }

    private static final String DELETE_OLD =
            """
            DELETE FROM soft_bounce
            WHERE at < ?
            ORDER BY at
            LIMIT ?""";

    /** Deletes weeks that no row of weeks can need any more. Several processes may do it at the same time. */
    @Scheduled(every = "1h", delayed = "70s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deleteOld() {
        return database.client()
                .preparedQuery(DELETE_OLD)
                .execute(Tuple.of(Utc.column(clock.instant().minus(KEPT)), BATCH))
                .replaceWithVoid();
    }
}
