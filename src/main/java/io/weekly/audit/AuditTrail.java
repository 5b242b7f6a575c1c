package io.weekly.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail: the events of one thing, or the newest of all. */
@ApplicationScoped
public class AuditTrail {

    // Each part reads its own range of the index, so a page reads at most twice its size, however long the trail is.
    private static final String OF_SUBJECTS =
            """
            (SELECT id, tenant_id, at, actor, action, subject, detail
             FROM audit_event FORCE INDEX (audit_event_subject)
             WHERE tenant_id = ? AND subject = ? AND id > ?
             ORDER BY id
             LIMIT ?)
            UNION
            (SELECT id, tenant_id, at, actor, action, subject, detail
             FROM audit_event FORCE INDEX (audit_event_subject)
             WHERE tenant_id = ? AND subject = ? AND id > ?
             ORDER BY id
             LIMIT ?)
            ORDER BY id
            LIMIT ?""";

    private final Database database;
    private final ObjectMapper json;

    AuditTrail(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * The events of a thing and of its parent (a report and its run), oldest first.
     *
     * @param parent the same as {@code subject} if it has no parent
     * @param after the number of the last event of the page before; 0 for the first page
     */
    public Uni<List<NumberedEvent>> of(int tenantId, String subject, String parent, long after, int limit) {
        return database.client()
                .preparedQuery(OF_SUBJECTS)
                .execute(Tuple.from(new Object[] {tenantId, subject, after, limit, tenantId, parent, after, limit, limit}))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new NumberedEvent(row.getLong("id"), event(row)))
                        .toList());
    }

    /** An event and its number, by which the trail is ordered. */
    public record NumberedEvent(long number, AuditEvent event) {}

    /** Filters the newest events; null means any. {@code from} is inclusive, {@code to} is exclusive. */
    public record Filter(
            @Nullable String tenant, @Nullable String actor, @Nullable String action, @Nullable Instant from, @Nullable Instant to) {}

    /**
     * An event as the API returns it.
     *
     * @param tenant the current slug of its tenant ({@code acme~3} if it has ended); null if it belongs to no tenant
     */
    @Schema(name = "AuditEvent")
    public record Entry(
            long id, Instant at, @Nullable String tenant, String actor, String action, String subject, Map<String, Object> detail) {}

    // The primary key and, for one tenant, audit_event_tenant have the order of the result, so a page reads only its own rows. Without the
    // hint MySQL uses audit_event_subject for a tenant and sorts all its events.
    private static final String NEWEST =
            """
            SELECT STRAIGHT_JOIN e.id, e.tenant_id, e.at, t.slug, e.actor, e.action, e.subject, e.detail
            FROM audit_event e %s
            LEFT JOIN tenant t ON t.id = e.tenant_id
            %s
            ORDER BY e.id DESC
            LIMIT ?""";
    private static final String IN_TENANT = "FORCE INDEX (audit_event_tenant)";

    /**
     * The newest events of all tenants, and those of no tenant.
     *
     * @param before the last id of the page before; null for the first page
     */
    public Uni<List<Entry>> list(Filter filter, int limit, @Nullable Long before) {
        return list(new QueryConditions(), filter.tenant() == null ? "" : IN_TENANT, filter, limit, before);
    }

    /** The newest events of one tenant. */
    public Uni<List<Entry>> list(int tenantId, Filter filter, int limit, @Nullable Long before) {
        return list(new QueryConditions().and("e.tenant_id = ?", tenantId), IN_TENANT, filter, limit, before);
    }

    private Uni<List<Entry>> list(QueryConditions within, String index, Filter filter, int limit, @Nullable Long before) {
        var where = within
                .andIfGiven("e.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
                .andIfGiven("e.actor = ?", filter.actor())
                .andIfGiven("e.action = ?", filter.action())
                .andIfGiven("e.at >= ?", Utc.column(filter.from()))
                .andIfGiven("e.at < ?", Utc.column(filter.to()))
                .andIfGiven("e.id < ?", before);
        return database.client()
                .preparedQuery(NEWEST.formatted(index, where.sql()))
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::entry).toList());
    }

    private Entry entry(Row row) {
        var event = event(row);
        return new Entry(
                row.getLong("id"), event.at(), row.getString("slug"), event.actor(), event.action(), event.subject(), event.detail());
    }

    private AuditEvent event(Row row) {
        return new AuditEvent(
                row.getInteger("tenant_id"),
                Utc.instant(row.getLocalDateTime("at")),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                detail(row.getString("detail")));
    }

    private Map<String, Object> detail(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of an audit event is not valid JSON: " + text, e);
        }
    }
}
