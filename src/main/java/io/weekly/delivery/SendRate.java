package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The send rate that all processes share: a row holds the next free moment, by the database's clock, and each mail takes one. At most as
 * many moments are taken in advance as deliveries run at once.
 */
@ApplicationScoped
public class SendRate {

    private static final String TAKE =
            """
            UPDATE send_rate
            SET next_at = GREATEST(next_at, NOW(6)) + INTERVAL ? MICROSECOND
            WHERE id = 1""";
    private static final String TAKEN =
            """
            SELECT TIMESTAMPDIFF(MICROSECOND, NOW(6), next_at) AS pause
            FROM send_rate
            WHERE id = 1""";

    private final Database database;
    private final DeliveryConfig config;

    SendRate(Database database, DeliveryConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Takes the next free moment; ends when it has come. */
    public Uni<Void> await() {
        var distance = 1_000_000L / config.ratePerSecond();
        return database.transaction(transaction -> transaction
                        .preparedQuery(TAKE)
                        .execute(Tuple.of(distance))
                        .flatMap(taken -> transaction.preparedQuery(TAKEN).execute())
                        .map(rows -> rows.iterator().next().getLong("pause") - distance))
                .flatMap(pause -> pause <= 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofNanos(pause * 1000)));
    }
}
