package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.AwayRetry;
import io.weekly.database.Database;
import io.weekly.webhook.MessageClaims.Claim;
import io.weekly.webhook.MessageClaims.Ending;
import io.weekly.webhook.SendingRound.Ended;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Writes how attempts ended, in one transaction: the messages, the health of their endpoint, and an audit event if the endpoint begins to
 * fail, is back, or is disabled. There is no event for each message.
 */
@ApplicationScoped
class AttemptEndings {

    private final Database database;
    private final MessageClaims claims;
    private final WebhookRows rows;
    private final AuditLog audit;
    private final WebhookLog log;
    private final Clock clock;
    // Not static: a native image would have the same numbers at each start.
    private final RandomGenerator random = new SecureRandom();

    AttemptEndings(Database database, MessageClaims claims, WebhookRows rows, AuditLog audit, WebhookLog log, Clock clock) {
        this.database = database;
        this.claims = claims;
        this.rows = rows;
        this.audit = audit;
        this.log = log;
        this.clock = clock;
    }

    /** Writes them even if the database is away for a while: otherwise all these messages would be sent again. */
    Uni<Void> write(Claim claim, List<Ended> ended) {
        var answers = ended.stream().flatMap(one -> one.answer().stream()).toList();
        return AwayRetry.retry(database.transaction(transaction -> hasMoved(transaction, claim.endpoint(), answers)
                        .map(moved -> endings(ended, moved))
                        .flatMap(endings -> claims.end(transaction, claim, endings)
                                .flatMap(_ -> judge(transaction, claim.endpoint(), answers))
                                .map(change -> new Written(endings, change)))))
                .invoke(written -> {
                    written.endings().values().forEach(log::ended);
                    written.change().ifPresent(health -> log.changed(claim.endpoint(), health, lastCause(answers)));
                })
                .replaceWithVoid();
    }

    private record Written(Map<String, Ending> endings, Optional<EndpointHealth> change) {}

    private static final String URL =
            """
            SELECT url
            FROM webhook
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Whether an admin has stored another address since. Costs nothing if all messages were received. */
    private static Uni<Boolean> hasMoved(SqlClient transaction, Endpoint endpoint, List<Answer> answers) {
        return answers.stream().allMatch(answer -> answer instanceof Answer.Received)
                ? Uni.createFrom().item(false)
                : transaction
                        .preparedQuery(URL)
                        .execute(Tuple.of(endpoint.tenantId(), endpoint.id()))
                        .map(found -> found.size() > 0 && !found.iterator().next().getString("url").equals(endpoint.url()));
    }

    private Map<String, Ending> endings(List<Ended> ended, boolean moved) {
        var endings = new LinkedHashMap<String, Ending>();
        ended.forEach(one -> endings.put(one.message().id(), ending(one, moved)));
        return endings;
    }

    private static String lastCause(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> !(answer instanceof Answer.Received))
                .reduce((_, later) -> later)
                .map(Answer::cause)
                .orElse("");
    }

    /** A message that the old address of an endpoint refused is due for the new one. */
    private Ending ending(Ended ended, boolean moved) {
        if (ended.answer().isEmpty() || moved && !(ended.answer().get() instanceof Answer.Received)) {
            return new Ending(MessageState.PENDING, 0, Duration.ZERO, null, null);
        }
        var answer = ended.answer().get();
        return switch (answer) {
            case Answer.Received received -> new Ending(MessageState.SENT, 1, Duration.ZERO, received.status(), received.text());
            case Answer.Gone gone -> new Ending(MessageState.FAILED, 1, Duration.ZERO, gone.status(), gone.text());
            case Answer.Failed failed -> RetryPauses.after(ended.message().attempt(), failed.retryAfter(), random)
                    .map(pause -> new Ending(MessageState.PENDING, 1, pause, failed.status(), failed.text()))
                    .orElseGet(() -> new Ending(MessageState.FAILED, 1, Duration.ZERO, failed.status(), failed.text()));
        };
    }

    private static final String HEALTH =
            """
            SELECT url, state, failures, failing_since, last_error
            FROM webhook
            WHERE tenant_id = ? AND id = UNHEX(?)
            FOR UPDATE""";

    /**
     * Returns how the endpoint is now if its state has changed. Costs nothing for an endpoint that works. If an admin has stored another
     * address since, the answers say nothing about it: a 410 of the old address must not disable the new one.
     */
    private Uni<Optional<EndpointHealth>> judge(SqlClient transaction, Endpoint endpoint, List<Answer> answers) {
        var works = answers.stream().allMatch(answer -> answer instanceof Answer.Received);
        if (answers.isEmpty() || works && endpoint.health().failures() == 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        return transaction.preparedQuery(HEALTH).execute(Tuple.of(endpoint.tenantId(), endpoint.id())).flatMap(found ->
                found.size() == 0 || !found.iterator().next().getString("url").equals(endpoint.url())
                        ? Uni.createFrom().item(Optional.empty())
                        : judge(transaction, endpoint, MessageClaims.health(found.iterator().next()), answers));
    }

    private Uni<Optional<EndpointHealth>> judge(
            SqlClient transaction, Endpoint endpoint, EndpointHealth before, List<Answer> answers) {
        var after = before;
        for (var answer : answers) {
            after = after.after(answer, clock.instant());
        }
        var health = after;
        var asked = answers.stream()
                .flatMap(answer -> answer instanceof Answer.Failed failed ? failed.retryAfter().stream() : Stream.empty())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        var pause = asked.compareTo(health.pause()) > 0 ? asked : health.pause();
        return rows.judge(transaction, endpoint.tenantId(), endpoint.id(), health, pause)
                .flatMap(_ -> health.state() == before.state()
                        ? Uni.createFrom().item(Optional.empty())
                        : append(transaction, endpoint, health).replaceWith(Optional.of(health)));
    }

    private Uni<Void> append(SqlClient transaction, Endpoint endpoint, EndpointHealth health) {
        var action = switch (health.state()) {
            case ACTIVE -> "webhook.recovered";
            case FAILING -> "webhook.failing";
            case DISABLED -> "webhook.disabled";
        };
        // What a receiver answers can name anybody. It is erased with the tenant.
        Map<String, Object> detail =
                health.lastError() == null ? Map.of() : Map.of("error", new PersonalText(health.lastError(), null));
        return audit.append(transaction, new AuditEvent(
                endpoint.tenantId(), clock.instant(), AuditEvent.SERVICE, action, endpoint.id(), detail));
    }
}
