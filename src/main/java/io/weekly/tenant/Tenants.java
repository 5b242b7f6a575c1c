package io.weekly.tenant;

import static io.weekly.database.Utc.column;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Keyset;
import io.weekly.tenant.Secrets.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tenants that have not ended. */
@ApplicationScoped
public class Tenants {

    private static final int DUPLICATE_KEY = 1062;
    private static final int PAGE_SIZE = 200;

    private static final String SELECT =
            """
            SELECT id, slug, name, zone, locale, color, sender_name, reply_to, retention_days, link_ttl_days, fallback_address,
                   COALESCE(pdf_password, '') <> '' AS pdf_protected
            FROM tenant
            """;

    private final Database database;
    private final AuditLog audit;
    private final List<TenantListener> listeners;
    private final Event<TenantChanged> changes;
    private final Secrets secrets;
    private final Clock clock;

    Tenants(
            Database database, AuditLog audit, @All List<TenantListener> listeners, Event<TenantChanged> changes, Secrets secrets,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.listeners = listeners;
        this.changes = changes;
        this.secrets = secrets;
        this.clock = clock;
    }

    private static final String INSERT =
            """
            INSERT INTO tenant (name, zone, locale, color, sender_name, reply_to, retention_days, link_ttl_days, fallback_address,
              slug, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** Stores a new tenant. Empty if there is an active tenant with its slug. */
    public Uni<Optional<Tenant>> create(Tenant tenant, String actor) {
        var now = column(clock.instant());
        return database.transaction(transaction -> transaction
                        .preparedQuery(INSERT)
                        .execute(values(tenant, tenant.slug(), now, now))
                        .flatMap(_ -> find(transaction, "WHERE slug = ?", tenant.slug()))
                        .map(Optional::orElseThrow)
                        .flatMap(stored -> withPassword(transaction, stored, tenant.pdfPassword()))
                        .call(stored -> audit.append(transaction, event(stored, actor, "tenant.created"))))
                .map(Optional::of)
                .onFailure(Tenants::isDuplicate)
                .recoverWithItem(Optional.empty());
    }

    /** The active tenant with this slug. */
    public Uni<Optional<Tenant>> find(String slug) {
        return find(database.client(), "WHERE slug = ? AND ended_at IS NULL", slug);
    }

    /** The active tenant with this number. */
    public Uni<Optional<Tenant>> find(int id) {
        return find(database.client(), "WHERE id = ? AND ended_at IS NULL", id);
    }

    /** The active tenant, locked against changes until the transaction ends. Empty if the tenant has ended. */
    public Uni<Optional<Tenant>> hold(SqlConnection transaction, Scope.OfTenant tenant) {
        return find(transaction, "WHERE id = ? AND ended_at IS NULL LOCK IN SHARE MODE", tenant.tenantId());
    }

    private static final String PAGE =
            """
            WHERE slug > ? AND ended_at IS NULL
            ORDER BY slug
            LIMIT ?""";

    /** The active tenants by slug, starting after {@code afterSlug} ({@code ""} for the first page). */
    public Uni<List<Tenant>> list(String afterSlug, int limit) {
        return database.client().preparedQuery(SELECT + PAGE).execute(Tuple.of(afterSlug, limit)).map(Tenants::tenants);
    }

    /** All active tenants by slug, read page by page. */
    public Multi<Tenant> all() {
        return Keyset.rows("", after -> list(after, PAGE_SIZE), Tenant::slug);
    }

    private static final String UPDATE =
            """
            UPDATE tenant
            SET name = ?, zone = ?, locale = ?, color = ?, sender_name = ?, reply_to = ?, retention_days = ?, link_ttl_days = ?,
              fallback_address = ?, updated_at = ?
            WHERE id = ?""";

    /** Replaces the tenant with this slug and notifies the listeners. Empty if there is no such tenant. */
    public Uni<Optional<Tenant>> update(Tenant wanted, String actor) {
        return change(wanted.slug(), (transaction, before) -> {
            var after = wanted.stored(before.id(), before.pdfProtected());
            return transaction
                    .preparedQuery(UPDATE)
                    .execute(values(after, column(clock.instant()), after.id()))
                    .call(_ -> notifyListeners(listener -> listener.changed(transaction, before, after)))
                    .flatMap(_ -> withPassword(transaction, after, wanted.pdfPassword()))
                    .call(_ -> audit.append(transaction, TenantEvents.updated(before, wanted, event(after, actor, "tenant.updated"))));
        });
    }

    private static final String PASSWORD =
            """
            UPDATE tenant
            SET pdf_password = ?
            WHERE id = ?""";

    /** A separate statement, because the encryption needs the tenant's number, and a new tenant has it only after the INSERT. */
    private Uni<Tenant> withPassword(SqlConnection transaction, Tenant stored, @Nullable PdfPassword password) {
        if (password == null) {
            return Uni.createFrom().item(stored);
        }
        return transaction
                .preparedQuery(PASSWORD)
                .execute(Tuple.of(secrets.column(new Owner(stored.id(), Optional.empty()), password), stored.id()))
                .replaceWith(stored.stored(stored.id(), !password.isRemoval()));
    }

    private static final String END =
            """
            UPDATE tenant
            SET slug = CONCAT(slug, '~', id), ended_at = ?, updated_at = ?
            WHERE id = ?""";

    /** Ends a tenant and notifies the listeners. Its rows stay as evidence, and its slug becomes free. Empty if there is no such tenant. */
    public Uni<Optional<Tenant>> end(String slug, String actor) {
        var now = column(clock.instant());
        return change(slug, (transaction, tenant) -> transaction
                .preparedQuery(END)
                .execute(Tuple.of(now, now, tenant.id()))
                .call(_ -> notifyListeners(listener -> listener.ended(transaction, tenant)))
                .call(_ -> audit.append(transaction, event(tenant, actor, "tenant.ended")))
                .replaceWith(tenant));
    }

    private static final String ERASE =
            """
            UPDATE tenant
            SET sender_name = NULL, reply_to = NULL, fallback_address = NULL, pdf_password = NULL, erased_at = ?
            WHERE id = ? AND ended_at IS NOT NULL AND erased_at IS NULL""";

    /** Erases the persons of a tenant that has ended. Its name and slug stay as evidence. False if that has been done. */
    static Uni<Boolean> erase(SqlClient transaction, int tenantId, Instant now) {
        return transaction.preparedQuery(ERASE).execute(Tuple.of(column(now), tenantId)).map(erased -> erased.rowCount() == 1);
    }

    private Uni<Optional<Tenant>> change(String slug, BiFunction<SqlConnection, Tenant, Uni<Tenant>> change) {
        return database.transaction(transaction -> find(transaction, "WHERE slug = ? AND ended_at IS NULL FOR UPDATE", slug)
                        .flatMap(found -> found.isEmpty()
                                ? Uni.createFrom().item(found)
                                : change.apply(transaction, found.get()).map(Optional::of)))
                .invoke(_ -> database.afterCommit(() -> changes.fire(new TenantChanged())));
    }

    private Uni<Void> notifyListeners(Function<TenantListener, Uni<Void>> change) {
        var done = Uni.createFrom().voidItem();
        for (var listener : listeners) {
            done = done.flatMap(_ -> change.apply(listener));
        }
        return done;
    }

    private static Uni<Optional<Tenant>> find(SqlClient client, String where, Object key) {
        return client.preparedQuery(SELECT + where)
                .execute(Tuple.of(key))
                .map(rows -> tenants(rows).stream().findFirst());
    }

    private static List<Tenant> tenants(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(Tenants::tenant).toList();
    }

    private static Tenant tenant(Row row) {
        var senderName = row.getString("sender_name");
        return new Tenant(
                row.getInteger("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("zone"),
                row.getString("locale"),
                new Tenant.Brand(row.getString("color")),
                senderName == null ? null : new Tenant.Sender(senderName, row.getString("reply_to")),
                row.getInteger("retention_days"),
                row.getInteger("link_ttl_days"),
                row.getString("fallback_address"),
                null,
                row.getInteger("pdf_protected") != 0);
    }

    private static Tuple values(Tenant tenant, Object... more) {
        var sender = tenant.sender();
        var values = Tuple.of(tenant.name(), tenant.zone(), tenant.locale(), tenant.brand().color())
                .addString(sender == null ? null : sender.name())
                .addString(sender == null ? null : sender.replyTo())
                .addInteger(tenant.retentionDays())
                .addInteger(tenant.linkTtlDays())
                .addString(tenant.fallbackAddress());
        for (var value : more) {
            values.addValue(value);
        }
        return values;
    }

    private AuditEvent event(Tenant tenant, String actor, String action) {
        return TenantEvents.event(tenant, clock.instant(), actor, action);
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException e && e.getErrorCode() == DUPLICATE_KEY;
    }
}
