package io.weekly.webhook;

import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Claims messages of one endpoint for this process, and writes how their attempts ended. A claim is a lease: if the process dies, its
 * messages are due again when the lease is over, and they are sent once more with the same id. The token of the lease keeps a process that
 * was too slow from writing over the work of the next one.
 */
@ApplicationScoped
class MessageClaims {

    private final Database database;
    private final WebhookSecrets secrets;
    private final Clock clock;

    MessageClaims(Database database, WebhookSecrets secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Messages that this process may send.
     *
     * @param token of the lease
     */
    record Claim(Endpoint endpoint, List<OutgoingMessage> messages, String token) {}

    private static final String ENDPOINT =
            """
            SELECT url, secret, IF(previous_until > NOW(6), previous_secret, NULL) AS previous_secret, state, failures, failing_since,
              last_error
            FROM webhook
            WHERE tenant_id = ? AND id = UNHEX(?) AND state <> 'disabled' AND (paused_until IS NULL OR paused_until <= NOW(6))""";
    private static final String DUE =
            """
            SELECT LOWER(HEX(id)) AS id, payload, attempt
            FROM webhook_message
            WHERE tenant_id = ? AND webhook_id = UNHEX(?) AND state = 'pending' AND due_at <= NOW(6)
            ORDER BY due_at
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";
    private static final String LEASE =
            """
            UPDATE webhook_message
            SET due_at = NOW(6) + INTERVAL ? MICROSECOND, lease = UNHEX(?)
            WHERE tenant_id = ? AND id IN (%s)""";

    /**
     * Claims the messages that have been due for longest. Empty if none is due, or if the endpoint takes none now.
     *
     * @param limit the most messages; an endpoint that is failing gets one
     */
    Uni<Optional<Claim>> claim(int tenantId, String webhookId, int limit, Duration lease) {
        var token = Ids.next(clock);
        return database.transaction(transaction -> transaction
                .preparedQuery(ENDPOINT)
                .execute(Tuple.of(tenantId, webhookId))
                .flatMap(found -> found.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : claim(transaction, endpoint(tenantId, webhookId, found.iterator().next()), limit, lease, token)));
    }

    private Endpoint endpoint(int tenantId, String id, Row row) {
        var valid = new ArrayList<WebhookSecret>();
        valid.add(secrets.decrypt(tenantId, id, row.getString("secret")));
        var previous = row.getString("previous_secret");
        if (previous != null) {
            valid.add(secrets.decrypt(tenantId, id, previous));
        }
        return new Endpoint(tenantId, id, row.getString("url"), valid, health(row));
    }

    static EndpointHealth health(Row row) {
        return new EndpointHealth(
                EndpointState.of(row.getString("state")).orElseThrow(),
                row.getInteger("failures"),
                instant(row.getLocalDateTime("failing_since")),
                row.getString("last_error"));
    }

    private static Uni<Optional<Claim>> claim(SqlClient transaction, Endpoint endpoint, int limit, Duration lease, String token) {
        return transaction
                .preparedQuery(DUE)
                .execute(Tuple.of(endpoint.tenantId(), endpoint.id(), endpoint.isProbed() ? 1 : limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(MessageClaims::message).toList())
                .flatMap(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : lease(transaction, endpoint, messages, lease, token)
                                .replaceWith(Optional.of(new Claim(endpoint, messages, token))));
    }

    private static OutgoingMessage message(Row row) {
        return new OutgoingMessage(row.getString("id"), row.getString("payload"), row.getInteger("attempt") + 1);
    }

    private static Uni<Void> lease(
            SqlClient transaction, Endpoint endpoint, List<OutgoingMessage> messages, Duration lease, String token) {
        var ids = Padding.toPowerOfTwo(messages.stream().map(OutgoingMessage::id).toList());
        var values = Tuple.of(Utc.micros(lease), token, endpoint.tenantId());
        ids.forEach(values::addString);
        return transaction
                .preparedQuery(LEASE.formatted(Placeholders.of("UNHEX(?)", ids.size())))
                .execute(values)
                .replaceWithVoid();
    }

    /**
     * How a message is stored after an attempt.
     *
     * @param pause until the next attempt; zero if there is none
     * @param attempts how many this adds: none for a message that was claimed and not sent
     */
    record Ending(MessageState state, int attempts, Duration pause, @Nullable Integer status, @Nullable String answer) {}

    // attempts = 0 keeps what is stored about the last answer.
    private static final String END =
            """
            UPDATE webhook_message
            SET state = ?, attempt = attempt + ?, due_at = NOW(6) + INTERVAL ? MICROSECOND, lease = NULL,
              status = IF(? = 0, status, ?), answer = IF(? = 0, answer, ?), ended_at = IF(? = 'pending', NULL, ?)
            WHERE tenant_id = ? AND lease = UNHEX(?) AND id IN (%s)""";

    /** Writes the endings, one statement for all messages that ended in the same way. Messages whose lease is lost are left alone. */
    Uni<Void> end(SqlClient transaction, Claim claim, Map<String, Ending> endings) {
        var idsByEnding = new LinkedHashMap<Ending, List<String>>();
        endings.forEach((id, ending) -> idsByEnding.computeIfAbsent(ending, _ -> new ArrayList<>()).add(id));
        return Multi.createFrom()
                .iterable(idsByEnding.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> {
                    var ids = Padding.toPowerOfTwo(entry.getValue());
                    return transaction
                            .preparedQuery(END.formatted(Placeholders.of("UNHEX(?)", ids.size())))
                            .execute(values(claim, entry.getKey(), ids));
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Tuple values(Claim claim, Ending ending, List<String> ids) {
        var state = ending.state().text();
        var values = Tuple.from(new @Nullable Object[] {
            state, ending.attempts(), Utc.micros(ending.pause()), ending.attempts(), ending.status(), ending.attempts(), ending.answer(),
            state, Utc.column(clock.instant()), claim.endpoint().tenantId(), claim.token()
        });
        ids.forEach(values::addString);
        return values;
    }
}
