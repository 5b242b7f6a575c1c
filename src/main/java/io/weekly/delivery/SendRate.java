package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The send rate that all processes share. A row of the database has the next free send time, by the database's clock. Each mail takes that
 * time and moves it forward. The number of times that are taken in advance is at most the number of mails that are being delivered.
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

    /** Takes the next free time and ends when it has come. */
    public Uni<Void> await() {
        var interval = 1_000_000L / config.ratePerSecond();
        return database.transaction(transaction -> transaction
                        .preparedQuery(TAKE)
                        .execute(Tuple.of(interval))
                        .flatMap(_ -> transaction.preparedQuery(TAKEN).execute())
                        .map(rows -> rows.iterator().next().getLong("pause") - interval))
                .flatMap(micros -> micros <= 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(pause(micros)));
    }

    /** Rounded up to whole milliseconds: the timer of Vert.x refuses a shorter delay, and the mail would cost an attempt. */
    static Duration pause(long micros) {
        return Duration.ofMillis((micros + 999) / 1000);
    }
}
