package io.weekly.delivery.inbound;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.Sha256;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Remembers events for 30 days, so that a repeated one changes nothing. It stores hashes only, so it says nothing about a person. No other
 * class writes to its table.
 */
@ApplicationScoped
class InboundMemory {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int PRUNE_BATCH = 5000;

    private final Database database;
    private final Clock clock;

    InboundMemory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String REMEMBER =
            """
            INSERT IGNORE INTO inbound_event (id, received_at)
            VALUES (UNHEX(?), ?)""";

    /** Remembers the event in the transaction that applies it; false if it was received before. */
    Uni<Boolean> remember(SqlClient transaction, InboundEvent event) {
        return transaction
                .preparedQuery(REMEMBER)
                .execute(Tuple.of(id(event), Utc.column(clock.instant())))
                .map(inserted -> inserted.rowCount() == 1);
    }

    private static String id(InboundEvent event) {
        return Sha256.hex((event.source().text() + "\n" + event.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static final String FORGET =
            """
            DELETE FROM inbound_event
            WHERE id = UNHEX(?)""";

    /** Forgets an event that this transaction has remembered, because it was about nothing that is known now. */
    Uni<Void> forget(SqlClient transaction, InboundEvent event) {
        return transaction.preparedQuery(FORGET).execute(Tuple.of(id(event))).replaceWithVoid();
    }

    private static final String PRUNE =
            """
            DELETE FROM inbound_event
            WHERE received_at < ?
            LIMIT ?""";

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return database.client()
                .preparedQuery(PRUNE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(RETENTION)), PRUNE_BATCH))
                .flatMap(deleted -> deleted.rowCount() == PRUNE_BATCH ? prune() : Uni.createFrom().voidItem());
    }
}
