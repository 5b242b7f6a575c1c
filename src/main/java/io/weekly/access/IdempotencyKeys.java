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
 * Stores the responses of requests with an {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header). A response is written in
 * the transaction of the request's work: after a crash both exist or neither.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** How long a response is stored. */
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final int PRUNE_BATCH = 1000;
    /** The errors of NOWAIT for a locked row: a separate code on MySQL, a lock wait timeout on MariaDB. */
    private static final int LOCKED_ON_MYSQL = 3572;
    private static final int LOCKED_ON_MARIADB = 1205;

    private static final String FIND =
            """
            SELECT request_hash, status, headers, body
            FROM idempotency_key
            WHERE id = UNHEX(?) AND created_at > ?""";
    private static final String LOCK =
            """
            SELECT created_at
            FROM idempotency_key
            WHERE id = UNHEX(?)
            FOR UPDATE NOWAIT""";
    private static final String DELETE_EXPIRED =
            """
            DELETE FROM idempotency_key
            WHERE id = UNHEX(?) AND created_at <= ?""";
    private static final String CLAIM =
            """
            INSERT IGNORE INTO idempotency_key (id, request_hash, status, headers, body, created_at)
            VALUES (UNHEX(?), ?, 0, '', '', ?)""";
    private static final String STORE =
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
     * A request with an idempotency key.
     *
     * @param route method and path; the same key on another route is another request
     * @param body the bytes of the body; the same key with another body is an error
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

    /** A response that can be repeated. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** The request was new, and this is its response. */
        record New(Answer answer) implements Outcome {}

        /** The request was answered before, and this is the stored response. */
        record Replayed(Answer answer) implements Outcome {}

        /** The key was used before with another body. */
        record BodyMismatch() implements Outcome {}

        /** A request with this key is still running. */
        record InProgress() implements Outcome {}
    }

    /** Runs the work unless this request was answered before. If the work fails, the key is not stored, and the client can try again. */
    public Uni<Outcome> executeOnce(Request request, Supplier<Uni<Answer>> work) {
        return find(request).flatMap(stored -> stored.isPresent()
                ? Uni.createFrom().item(stored)
                : database.inRequestTransaction(() -> claimAndRun(request, work)))
                // Empty: another request had the key and has finished in the meantime. Start again to find its response.
                .flatMap(outcome -> outcome.map(it -> Uni.createFrom().item(it)).orElseGet(() -> executeOnce(request, work)));
    }

    private Uni<Optional<Outcome>> find(Request request) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(request.id(), Utc.column(clock.instant().minus(RETENTION))))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(compare(request, rows.iterator().next())));
    }

    private Outcome compare(Request request, Row row) {
        return row.getString("request_hash").equals(request.hash()) ? new Outcome.Replayed(answer(row)) : new Outcome.BodyMismatch();
    }

    private Uni<Optional<Outcome>> claimAndRun(Request request, Supplier<Uni<Answer>> work) {
        return isInProgress(request).flatMap(inProgress -> inProgress
                ? Uni.createFrom().item(Optional.of(new Outcome.InProgress()))
                : claim(request).flatMap(claimed -> claimed
                        ? work.get().call(answer -> store(request, answer)).map(answer -> Optional.of(new Outcome.New(answer)))
                        : Uni.createFrom().item(Optional.empty())));
    }

    /** A running request holds a lock on its uncommitted row. NOWAIT fails instead of waiting for it. */
    private Uni<Boolean> isInProgress(Request request) {
        return database.client()
                .preparedQuery(LOCK)
                .execute(Tuple.of(request.id()))
                .replaceWith(false)
                .onFailure(IdempotencyKeys::isLocked)
                .recoverWithItem(true);
    }

    private static boolean isLocked(Throwable failure) {
        return failure instanceof MySQLException e
                && (e.getErrorCode() == LOCKED_ON_MYSQL || e.getErrorCode() == LOCKED_ON_MARIADB);
    }

    private Uni<Boolean> claim(Request request) {
        var now = clock.instant();
        return database.client()
                .preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of(request.id(), Utc.column(now.minus(RETENTION))))
                .flatMap(_ -> database.client()
                        .preparedQuery(CLAIM)
                        .execute(Tuple.of(request.id(), request.hash(), Utc.column(now))))
                .map(claimed -> claimed.rowCount() == 1);
    }

    private Uni<Void> store(Request request, Answer answer) {
        return database.client()
                .preparedQuery(STORE)
                .execute(Tuple.of(answer.status(), text(answer.headers()), answer.body(), request.id()))
                .replaceWithVoid();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return database.client()
                .preparedQuery(PRUNE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(RETENTION)), PRUNE_BATCH))
                .flatMap(pruned -> pruned.rowCount() == PRUNE_BATCH ? prune() : Uni.createFrom().voidItem());
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
            throw new IllegalStateException("the stored headers of a response are not valid JSON", e);
        }
    }
}
