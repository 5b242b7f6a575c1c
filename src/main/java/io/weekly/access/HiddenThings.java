package io.weekly.access;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.tenant.Scope;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which requests got a 404 although the id in their path exists, because the caller may not see it: a thing of another tenant, or
 * a colleague's report. Such a request is a refused access. A timer looks the ids up later, so the time of an answer does not tell a caller
 * which ids exist. Memory is bounded: at most {@link #MAX_OF_CALLER} requests of one caller are looked up every five seconds, and at most
 * {@link #MAX_WAITING} in all; then the oldest are left out.
 */
@ApplicationScoped
public class HiddenThings {

    static final int MAX_WAITING = 500;
    static final int MAX_OF_CALLER = 50;
    private static final Logger LOG = Logger.getLogger(HiddenThings.class);

    private final Database database;
    private final RefusedAccess refused;
    private final Queue<Missing> waiting = new ArrayDeque<>();

    HiddenThings(Database database, RefusedAccess refused) {
        this.database = database;
        this.refused = refused;
    }

    /**
     * A request that got a 404.
     *
     * @param path the pieces of its path; those that are ids are looked up
     * @param operation method and path, with {@code {id}} in the place of everything that names something
     */
    public record Missing(Caller caller, ClientAddress client, @Nullable String requestId, List<String> path, String operation) {

        private Stream<String> ids() {
            return path.stream().filter(Ids::isId);
        }

        private boolean isOfSameCaller(Missing other) {
            return caller.tenant().map(Tenant::id).equals(other.caller.tenant().map(Tenant::id))
                    && caller.actor().equals(other.caller.actor());
        }
    }

    /** Whose thing it is. A report and its links belong to a recipient too. */
    private record Owner(int tenantId, @Nullable Long recipientId) {}

    /** Looks the ids up later. */
    public synchronized void lookUp(Missing request) {
        if (request.ids().findAny().isEmpty() || waiting.stream().filter(request::isOfSameCaller).count() >= MAX_OF_CALLER) {
            return;
        }
        if (waiting.size() == MAX_WAITING) {
            waiting.remove();
        }
        waiting.add(request);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> find() {
        var requests = taken();
        if (requests.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return FailureIsolation.isolate(
                owners(requests).invoke(owners -> requests.forEach(request -> record(request, owners))).replaceWithVoid(),
                failure -> LOG.error("whether requests asked for things of others could not be found out", failure));
    }

    private synchronized List<Missing> taken() {
        var requests = List.copyOf(waiting);
        waiting.clear();
        return requests;
    }

    private static final String OWNERS =
            """
            SELECT LOWER(HEX(id)) AS id, tenant_id, recipient_id FROM report WHERE id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(l.id)), l.tenant_id, r.recipient_id
            FROM link l JOIN report r ON r.tenant_id = l.tenant_id AND r.id = l.report_id
            WHERE l.id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(id)), tenant_id, NULL FROM run WHERE id IN (%1$s)
            UNION ALL
            SELECT LOWER(HEX(id)), tenant_id, NULL FROM schedule WHERE id IN (%1$s)""";
    private static final int QUERIES = 4;

    private Uni<Map<String, Owner>> owners(List<Missing> requests) {
        var ids = requests.stream().flatMap(Missing::ids).distinct().toList();
        return database.client()
                .preparedQuery(OWNERS.formatted(Placeholders.of("UNHEX(?)", ids.size())))
                .execute(Tuple.tuple(new ArrayList<>(Stream.generate(() -> ids).limit(QUERIES).flatMap(List::stream).toList())))
                .map(rows -> {
                    var owners = new HashMap<String, Owner>();
                    rows.forEach(row -> owners.put(
                            row.getString("id"), new Owner(row.getInteger("tenant_id"), row.getLong("recipient_id"))));
                    return owners;
                });
    }

    private void record(Missing request, Map<String, Owner> owners) {
        var isHidden = request.ids()
                .map(owners::get)
                .anyMatch(owner -> owner != null && !mayBeSeen(owner, request.caller()));
        if (isHidden) {
            refused.record(
                    Optional.of(request.caller()), request.client(), request.requestId(), Reason.NOT_VISIBLE, request.operation());
        }
    }

    private static boolean mayBeSeen(Owner owner, Caller caller) {
        return switch (caller.scope()) {
            case Scope.EveryTenant _ -> true;
            case Scope.OfTenant(int tenantId) -> owner.tenantId() == tenantId;
            case Scope.OfRecipient(int tenantId, long recipientId) -> owner.tenantId() == tenantId
                    && (owner.recipientId() == null || owner.recipientId() == recipientId);
        };
    }
}
