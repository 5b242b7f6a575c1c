package io.weekly.access;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.Origin;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records refused requests in the audit trail: at most one event per minute, caller and reason, so a flood of requests is no flood of
 * writes. Without a caller the address of the client counts. Requests do not wait for the database: a timer writes the events, at most
 * {@link #MAX_WAITING} each time. What is not written is counted, and the next event says how much it was. Memory is bounded too: if more
 * callers are known than fit, those that were refused longest ago are forgotten. If the process dies, the last seconds are lost.
 */
@ApplicationScoped
public class RefusedAccess {

    /** Each has a place of about 200 bytes. */
    static final int MAX_KNOWN = 10_000;
    /** The most events that one write has, and that wait for the database. */
    static final int MAX_WAITING = 50;
    static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(RefusedAccess.class);

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final Map<Key, Recent> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Recent> eldest) {
            if (size() <= MAX_KNOWN) {
                return false;
            }
            omitted += eldest.getValue().repeated;
            return true;
        }
    };
    private final Queue<AuditEvent> waiting = new ArrayDeque<>();
    private long omitted;

    RefusedAccess(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Why a request was refused. The text is the reason in the event. */
    public enum Reason {
        /** 401: a token is needed. */
        NO_TOKEN("no-token"),
        /** 401: the token is not valid. */
        INVALID_TOKEN("invalid-token"),
        /** 403: the role of the caller does not permit it, or the token is incomplete. */
        FORBIDDEN("forbidden"),
        /** 404: the tenant is not that of the caller, or does not exist. */
        OTHER_TENANT("other-tenant"),
        /** 404: the thing exists, but the caller may not see it: another tenant's, or a colleague's report. */
        NOT_VISIBLE("not-visible"),
        /** 404: no link of this service has such a token. */
        INVALID_LINK("invalid-link"),
        /** 403: the signature of a message to /inbound is missing or wrong. */
        INVALID_SIGNATURE("invalid-signature"),
        /** 429: too many requests. */
        TOO_MANY("too-many-requests");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private record Key(String who, Reason reason) {}

    private static final class Recent {
        private Instant writtenAt;
        private long repeated;

        private Recent(Instant writtenAt) {
            this.writtenAt = writtenAt;
        }
    }

    /**
     * Records a refused request of a caller, or of a client without a valid token.
     *
     * @param operation method and path, with {@code {id}} in the place of everything that names something
     */
    public void record(Optional<Caller> caller, ClientAddress client, @Nullable String requestId, Reason reason, String operation) {
        var tenantId = caller.flatMap(Caller::tenant).map(Tenant::id).orElse(null);
        var actor = caller.map(Caller::actor).orElse(AuditEvent.ANONYMOUS);
        var key = new Key(caller.isPresent() ? tenantId + " " + actor : client.network(), reason);
        var event = new AuditEvent(tenantId, clock.instant(), actor, "access.refused", operation, Map.of())
                .from(new Origin(client.text(), requestId));
        record(key, event);
    }

    private synchronized void record(Key key, AuditEvent event) {
        var before = known.get(key);
        if (before != null && event.at().isBefore(before.writtenAt.plus(INTERVAL))) {
            before.repeated++;
        } else if (waiting.size() >= MAX_WAITING) {
            omitted++;
        } else {
            waiting.add(event.with(detail(key.reason, before)));
            known.put(key, new Recent(event.at()));
        }
    }

    private Map<String, Object> detail(Reason reason, @Nullable Recent before) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("reason", reason.text);
        if (before != null && before.repeated > 0) {
            detail.put("repeated", before.repeated);
        }
        if (omitted > 0) {
            detail.put("omitted", omitted);
            omitted = 0;
        }
        return detail;
    }

    /** Writes the events that wait. While the database is away they go on waiting. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        var batch = batch();
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return FailureIsolation.isolate(
                database.transaction(transaction -> audit.append(transaction, batch)).invoke(() -> written(batch.size())),
                failure -> LOG.error("events of refused requests could not be written; it is tried again", failure));
    }

    private synchronized List<AuditEvent> batch() {
        return List.copyOf(waiting);
    }

    /** Others can have been added behind them, but no other write takes any. */
    private synchronized void written(int events) {
        for (var i = 0; i < events; i++) {
            waiting.remove();
        }
    }
}
