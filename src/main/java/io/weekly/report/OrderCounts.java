package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Counts what a tenant orders by hand in each full hour, over all processes. A new hour begins at zero, so within an hour that crosses two
 * full hours a tenant can order twice the limit at most.
 */
@ApplicationScoped
public class OrderCounts {

    // The count is set first: the server evaluates the assignments from left to right. LEAST keeps a client that never stops from
    // overflowing the column.
    private static final String COUNT =
            """
            INSERT INTO order_count (tenant_id, kind, hour, orders)
            VALUES (?, ?, ?, 1)
            ON DUPLICATE KEY UPDATE orders = IF(hour = VALUES(hour), LEAST(orders + 1, 1000000000), 1), hour = VALUES(hour)""";

    // In the same transaction, so the row is locked by the statement above.
    private static final String READ =
            """
            SELECT orders
            FROM order_count
            WHERE tenant_id = ? AND kind = ?""";

    private final Database database;
    private final Clock clock;

    OrderCounts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What is counted. */
    public enum Kind {
        /** A report on demand. */
        REPORT("report"),
        /** A sample by mail. */
        TEST_SEND("test-send");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * Counts one order. Within a request transaction the count is rolled back with it.
     *
     * @param limit the most orders in a full hour
     * @return empty if the order is within the limit; else the time until the next hour begins
     */
    public Uni<Optional<Duration>> count(int tenantId, Kind kind, int limit) {
        var now = clock.instant();
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        return database.transaction(transaction -> transaction
                        .preparedQuery(COUNT)
                        .execute(Tuple.of(tenantId, kind.text, Utc.column(hour)))
                        .flatMap(_ -> transaction.preparedQuery(READ).execute(Tuple.of(tenantId, kind.text)))
                        .map(rows -> rows.iterator().next().getInteger("orders")))
                .map(orders -> orders <= limit ? Optional.empty() : Optional.of(untilNextHour(now, hour)));
    }

    private static Duration untilNextHour(Instant now, Instant hour) {
        return Duration.between(now, hour.plus(1, ChronoUnit.HOURS));
    }
}
