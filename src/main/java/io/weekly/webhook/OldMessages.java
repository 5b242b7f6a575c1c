package io.weekly.webhook;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes messages that are older than they are kept: those that were received, those that were given up, and those that wait for an
 * endpoint that is disabled or was deleted. Also counts how many are to be sent. Several processes may do both at the same time.
 */
@ApplicationScoped
class OldMessages {

    private static final int BATCH = 1000;
    /** The most batches of a pass and state; the next pass goes on. */
    private static final int BATCHES = 500;

    private final Database database;
    private final WebhookConfig config;
    private final WebhookLog log;
    private final Clock clock;

    OldMessages(Database database, WebhookConfig config, WebhookLog log, Clock clock) {
        this.database = database;
        this.config = config;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "70s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        return delete(MessageState.SENT, config.keepSent())
                .flatMap(_ -> delete(MessageState.FAILED, config.keepFailed()))
                .flatMap(_ -> delete(MessageState.PENDING, config.keepFailed()));
    }

    private static final String DELETE =
            """
            DELETE FROM webhook_message
            WHERE state = ? AND created_at < ?
            ORDER BY created_at
            LIMIT ?""";

    private Uni<Void> delete(MessageState state, Duration kept) {
        var before = Utc.column(clock.instant().minus(kept));
        return Multi.createBy()
                .repeating()
                .uni(() -> database.client()
                        .preparedQuery(DELETE)
                        .execute(Tuple.of(state.text(), before, BATCH))
                        .map(RowSet<Row>::rowCount))
                .whilst(deleted -> deleted == BATCH)
                .select()
                .first(BATCHES)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static final String PENDING =
            """
            SELECT COUNT(*) AS messages
            FROM (SELECT 1 FROM webhook_message WHERE state = 'pending' LIMIT 100000) m""";

    @Scheduled(every = "30s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return database.client()
                .preparedQuery(PENDING)
                .execute()
                .invoke(rows -> log.pending(rows.iterator().next().getLong("messages")))
                .replaceWithVoid();
    }
}
