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

/** Reads what happened: to a thing, and altogether. */
@ApplicationScoped
public class AuditTrail {

    // Each by its own range of the key, so that a page costs two pages whatever else the trail has.
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
     * The events of a thing and of what it belongs to (a report and its run), oldest first.
     *
     * @param parent the same as {@code subject} where it belongs to nothing
     * @param after the last place of the page before; 0 for the beginning
     */
    public Uni<List<Placed>> of(int tenantId, String subject, String parent, long after, int limit) {
        return database.client()
                .preparedQuery(OF_SUBJECTS)
                .execute(Tuple.from(new Object[] {tenantId, subject, after, limit, tenantId, parent, after, limit, limit}))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Placed(row.getLong("id"), event(row)))
                        .toList());
    }

    /** An event and its place in the order in which things happened. */
    public record Placed(long place, AuditEvent event) {}

    /** What the newest events are narrowed to; null for whatever. {@code from} belongs to them, {@code to} does not. */
    public record Filter(String tenant, String actor, String action, Instant from, Instant to) {}

    /**
     * An event with its place in the trail.
     *
     * @param tenant the slug that its tenant has now ({@code acme~3} once it has ended); null where it is no tenant's
     */
    @Schema(name = "AuditEvent")
    public record Entry(
            long id, Instant at, String tenant, String actor, String action, String subject, Map<String, Object> detail) {}

    // Newest first is the order of the primary key and, within a tenant, of audit_event_tenant: a page costs a page. Left to itself MySQL
    // takes audit_event_subject for a tenant's and sorts all there are.
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
     * The newest events of every tenant, and of none.
     *
     * @param before the last id of the page before; null for the first page
     */
    public Uni<List<Entry>> list(Filter filter, int limit, Long before) {
        return list(new QueryConditions(), filter.tenant() == null ? "" : IN_TENANT, filter, limit, before);
    }

    /** The newest events of one tenant. */
    public Uni<List<Entry>> list(int tenantId, Filter filter, int limit, Long before) {
        return list(new QueryConditions().and("e.tenant_id = ?", tenantId), IN_TENANT, filter, limit, before);
    }

    private Uni<List<Entry>> list(QueryConditions within, String index, Filter filter, int limit, Long before) {
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

    private Map<String, Object> detail(String text) {
        if (text == null) {
            return Map.of();
        }
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an audit event's detail is no JSON: " + text, e);
        }
    }
}
