package io.weekly.webhook;

import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.ChangedFields;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.QueryConditions;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The endpoints of a tenant: there are few. Audit events have the names of the changed fields and no address: it may contain a token. */
@ApplicationScoped
public class Webhooks {

    private final Database database;
    private final WebhookRows rows;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final AuditLog audit;
    private final Clock clock;

    Webhooks(Database database, WebhookRows rows, WebhookSecrets secrets, WebhookConfig config, AuditLog audit, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.secrets = secrets;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** How a creation ended. */
    public sealed interface Creation {
        /** The endpoint exists. */
        record Created(Webhook webhook) implements Creation {}

        /** The tenant has as many endpoints as it can have. */
        record TooMany(int max) implements Creation {}

        /** The tenant has ended meanwhile. */
        record NoTenant() implements Creation {}
    }

    private static final String SELECT =
            """
            SELECT LOWER(HEX(w.id)) AS id, w.url, w.events, w.state,
              IF(w.previous_until > NOW(6), w.previous_until, NULL) AS previous_until, w.failing_since, w.last_error, w.created_at
            FROM webhook w
            """;

    /** A page of endpoints in the order of creation, after {@code afterId}; null for the first page. */
    public Uni<List<Webhook>> list(OfTenant tenant, @Nullable String afterId, int limit) {
        return list(database.client(), tenant, afterId, limit);
    }

    private static Uni<List<Webhook>> list(SqlClient client, OfTenant tenant, @Nullable String afterId, int limit) {
        var where = tenant.within(new QueryConditions(), "w").andIfGiven("w.id > UNHEX(?)", afterId);
        return client.preparedQuery(SELECT + where.sql() + "\nORDER BY w.id\nLIMIT ?").execute(where.with(limit)).map(Webhooks::webhooks);
    }

    /** An endpoint; empty if the tenant has no such endpoint. */
    public Uni<Optional<Webhook>> find(OfTenant tenant, String id) {
        return find(database.client(), tenant, id, "");
    }

    static Uni<Optional<Webhook>> find(SqlClient client, OfTenant tenant, String id, String lock) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = tenant.within(new QueryConditions(), "w").and("w.id = UNHEX(?)", id);
        return client.preparedQuery(SELECT + where.sql() + "\n" + lock)
                .execute(where.with())
                .map(found -> webhooks(found).stream().findFirst());
    }

    // Two requests that create the last two endpoints at the same time wait here for each other.
    private static final String LOCK_TENANT =
            """
            SELECT id
            FROM tenant
            WHERE id = ? AND ended_at IS NULL
            FOR UPDATE""";

    /** Stores a new endpoint. Fails if there is no key to encrypt the secret ({@link WebhookSecrets#canEncrypt}). */
    public Uni<Creation> create(OfTenant tenant, WebhookChange wanted, WebhookSecret secret, String actor) {
        var id = Ids.next(clock);
        return database.transaction(transaction -> transaction
                .preparedQuery(LOCK_TENANT)
                .execute(Tuple.of(tenant.tenantId()))
                .flatMap(found -> found.size() == 0
                        ? Uni.createFrom().item(new Creation.NoTenant())
                        : list(transaction, tenant, null, config.maxPerTenant()).flatMap(all -> all.size() >= config.maxPerTenant()
                                ? Uni.createFrom().item(new Creation.TooMany(config.maxPerTenant()))
                                : insert(transaction, tenant, id, wanted, secret, actor))));
    }

    private Uni<Creation> insert(
            SqlClient transaction, OfTenant tenant, String id, WebhookChange wanted, WebhookSecret secret, String actor) {
        var encrypted = secrets.encrypt(tenant.tenantId(), id, secret);
        return rows.insert(transaction, tenant, id, wanted, encrypted, clock.instant())
                .flatMap(_ -> append(transaction, tenant, id, actor, "webhook.created", Map.of("events", wanted.events())))
                .flatMap(_ -> find(transaction, tenant, id, ""))
                .map(created -> new Creation.Created(created.orElseThrow()));
    }

    /** Replaces the endpoint. Its failures are counted from zero. Empty if there is no such endpoint. */
    public Uni<Optional<Webhook>> update(OfTenant tenant, String id, WebhookChange wanted, String actor) {
        return change(tenant, id, transaction -> before -> {
            var changed = new ChangedFields()
                    .compare("url", before.url(), wanted.url())
                    .compare("events", before.events(), wanted.events())
                    .compare("enabled", before.enabled(), wanted.enabled());
            return rows.replace(transaction, tenant, id, wanted, clock.instant())
                    .flatMap(_ -> append(transaction, tenant, id, actor, "webhook.changed", Map.of("changed", changed.names())));
        });
    }

    /** Gives the endpoint a new secret. The old one is valid for a while ({@code weekly.webhook.rotation-overlap}). */
    public Uni<Optional<Webhook>> rotate(OfTenant tenant, String id, WebhookSecret secret, String actor) {
        return change(tenant, id, transaction -> _ -> rows.rotate(
                        transaction, tenant, id, secrets.encrypt(tenant.tenantId(), id, secret), config.rotationOverlap(), clock.instant())
                .flatMap(_ -> append(transaction, tenant, id, actor, "webhook.secret-rotated", Map.of())));
    }

    private Uni<Optional<Webhook>> change(OfTenant tenant, String id, Function<SqlClient, Function<Webhook, Uni<Void>>> change) {
        return database.transaction(transaction -> find(transaction, tenant, id, "FOR UPDATE").flatMap(found -> found.isEmpty()
                ? Uni.createFrom().item(found)
                : change.apply(transaction).apply(found.get()).flatMap(_ -> find(transaction, tenant, id, ""))));
    }

    /** Deletes the endpoint. Its messages are not sent any more, and are deleted later. False if there is no such endpoint. */
    public Uni<Boolean> delete(OfTenant tenant, String id, String actor) {
        return !Ids.isId(id)
                ? Uni.createFrom().item(false)
                : database.transaction(transaction -> rows.delete(transaction, tenant, id).call(deleted -> deleted
                        ? append(transaction, tenant, id, actor, "webhook.deleted", Map.of())
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> append(
            SqlClient transaction, OfTenant tenant, String id, String actor, String action, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(tenant.tenantId(), clock.instant(), actor, action, id, detail));
    }

    private static List<Webhook> webhooks(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(Webhooks::webhook).toList();
    }

    private static Webhook webhook(Row row) {
        var state = EndpointState.of(row.getString("state")).orElseThrow();
        return new Webhook(
                row.getString("id"),
                row.getString("url"),
                EventOutbox.events(row.getString("events")),
                state != EndpointState.DISABLED,
                state,
                instant(row.getLocalDateTime("previous_until")),
                instant(row.getLocalDateTime("failing_since")),
                row.getString("last_error"),
                instant(row.getLocalDateTime("created_at")),
                null);
    }
}
