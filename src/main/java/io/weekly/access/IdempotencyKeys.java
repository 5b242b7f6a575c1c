package io.weekly.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.audit.Sha256;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers kept for requests that may come twice, as the draft of the IETF's HTTPAPI group has it
 * (draft-ietf-httpapi-idempotency-key-header). An answer is written in the transaction of what the request made: after a crash both are
 * there or neither is.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int PRUNED_AT_ONCE = 1000;
    /** MySQL says that somebody holds the row; MariaDB calls the same a lock wait that timed out. */
    private static final int HELD_ON_MYSQL = 3572;
    private static final int HELD_ON_MARIADB = 1205;

    private static final String FIND =
            """
            SELECT request_hash, status, headers, body
            FROM idempotency_key
            WHERE id = UNHEX(?) AND created_at > ?""";
    private static final String HOLD =
            """
            SELECT created_at
            FROM idempotency_key
            WHERE id = UNHEX(?)
            FOR UPDATE NOWAIT""";
    private static final String FORGET =
            """
            DELETE FROM idempotency_key
            WHERE id = UNHEX(?) AND created_at <= ?""";
    private static final String CLAIM =
            """
            INSERT IGNORE INTO idempotency_key (id, request_hash, status, headers, body, created_at)
            VALUES (UNHEX(?), ?, 0, '', '', ?)""";
    private static final String KEEP =
            """
            UPDATE idempotency_key
            SET status = ?, headers = ?, body = ?
            WHERE id = UNHEX(?)""";
    private static final String PRUNE =
            """
            DELETE FROM idempotency_key
            WHERE created_at <= ?
            LIMIT ?""";

    private final Database database;
    private final ObjectMapper json;
    private final Clock clock;

    IdempotencyKeys(Database database, ObjectMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A request that says when it is the same.
     *
     * @param route method and path: the same key on another route is another request
     * @param body what it asks for
     */
    public record Request(Caller caller, String route, String key, byte[] body) {

        private String id() {
            var tenant = caller.tenant().map(it -> Integer.toString(it.id())).orElse("");
            return Sha256.hex(String.join("\n", tenant, caller.actor(), route, key).getBytes(StandardCharsets.UTF_8));
        }

        private String hash() {
            return Sha256.hex(body);
        }
    }

    /** What was answered, to be answered again. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** What became of a request. */
    public sealed interface Outcome {
        /** It was new, and this is its answer. */
        record New(Answer answer) implements Outcome {}

        /** It was answered before, like this. */
        record Replayed(Answer answer) implements Outcome {}

        /** The key was used for something else. */
        record BodyMismatch() implements Outcome {}

        /** The first one has not ended yet. */
        record InProgress() implements Outcome {}
    }

    /** Does the work where this request was not answered before. A failure of the work forgets the key: nothing was made. */
    public Uni<Outcome> executeOnce(Request request, Supplier<Uni<Answer>> work) {
        return known(request).flatMap(known -> known.isPresent()
                ? Uni.createFrom().item(known)
                : database.inRequestTransaction(() -> first(request, work)))
                // Somebody else was first after all, and has ended.
                .flatMap(outcome -> outcome.map(it -> Uni.createFrom().item(it)).orElseGet(() -> executeOnce(request, work)));
    }

    private Uni<Optional<Outcome>> known(Request request) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(request.id(), Utc.column(clock.instant().minus(KEPT))))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(judge(request, rows.iterator().next())));
    }

    private Outcome judge(Request request, Row row) {
        return row.getString("request_hash").equals(request.hash()) ? new Outcome.Replayed(answer(row)) : new Outcome.BodyMismatch();
    }

    private Uni<Optional<Outcome>> first(Request request, Supplier<Uni<Answer>> work) {
        return isInProgress(request).flatMap(inProgress -> inProgress
                ? Uni.createFrom().item(Optional.of(new Outcome.InProgress()))
                : claim(request).flatMap(mine -> mine
                        ? work.get().call(answer -> keep(request, answer)).map(answer -> Optional.of(new Outcome.New(answer)))
                        : Uni.createFrom().item(Optional.empty())));
    }

    /** Whoever is at it holds the row that it wrote and has not committed; nobody waits for it. */
    private Uni<Boolean> isInProgress(Request request) {
        return database.client()
                .preparedQuery(HOLD)
                .execute(Tuple.of(request.id()))
                .replaceWith(false)
                .onFailure(IdempotencyKeys::isHeld)
                .recoverWithItem(true);
    }

    private static boolean isHeld(Throwable failure) {
        return failure instanceof MySQLException e
                && (e.getErrorCode() == HELD_ON_MYSQL || e.getErrorCode() == HELD_ON_MARIADB);
    }

    private Uni<Boolean> claim(Request request) {
        var now = clock.instant();
        return database.client()
                .preparedQuery(FORGET)
                .execute(Tuple.of(request.id(), Utc.column(now.minus(KEPT))))
                .flatMap(forgotten -> database.client()
                        .preparedQuery(CLAIM)
                        .execute(Tuple.of(request.id(), request.hash(), Utc.column(now))))
                .map(claimed -> claimed.rowCount() == 1);
    }

    private Uni<Void> keep(Request request, Answer answer) {
        return database.client()
                .preparedQuery(KEEP)
                .execute(Tuple.of(answer.status(), text(answer.headers()), answer.body(), request.id()))
                .replaceWithVoid();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return database.client()
                .preparedQuery(PRUNE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(KEPT)), PRUNED_AT_ONCE))
                .flatMap(pruned -> pruned.rowCount() == PRUNED_AT_ONCE ? prune() : Uni.createFrom().voidItem());
    }

    private String text(Map<String, String> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("headers must be plain texts", e);
        }
    }

    private Answer answer(Row row) {
        try {
            Map<String, String> headers = json.readValue(row.getString("headers"), new TypeReference<>() {});
            return new Answer(row.getInteger("status"), headers, row.getString("body"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer's headers are no JSON", e);
        }
    }
}
