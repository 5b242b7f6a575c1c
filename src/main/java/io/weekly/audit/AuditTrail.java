package io.weekly.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail: the events of one thing or person, or the newest of all. */
@ApplicationScoped
public class AuditTrail {

    // Each part reads its own range of the index, so a page reads at most twice its size, however long the trail is.
    private static final String OF_SUBJECTS =
            """
            (SELECT id, tenant_id, at, actor, action, subject, detail, client, request_id
             FROM audit_event FORCE INDEX (audit_event_subject)
             WHERE tenant_id = ? AND subject = ? AND id > ?
             ORDER BY id
             LIMIT ?)
            UNION
            (SELECT id, tenant_id, at, actor, action, subject, detail, client, request_id
             FROM audit_event FORCE INDEX (audit_event_subject)
             WHERE tenant_id = ? AND subject = ? AND id > ?
             ORDER BY id
             LIMIT ?)
            ORDER BY id
            LIMIT ?""";

    private final Database database;
    private final AuditPersons persons;
    private final EventReader reader;

    AuditTrail(Database database, AuditPersons persons, EventReader reader) {
        this.database = database;
        this.persons = persons;
        this.reader = reader;
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
                .map(AuditTrail::rows)
                .flatMap(rows -> reader.read(rows).map(events -> IntStream.range(0, rows.size())
                        .mapToObj(i -> new NumberedEvent(rows.get(i).getLong("id"), events.get(i)))
                        .toList()));
    }

    /** The events that happened to a recipient, oldest first; those with its pseudonym, and older ones with its user id. */
    public Uni<List<NumberedEvent>> ofPerson(int tenantId, String userId, long after, int limit) {
        return persons.of(new KnownPerson(tenantId, userId)).flatMap(found -> of(
                tenantId, found.stream().findFirst().map(pseudonym -> EventRow.USER + pseudonym).orElse(userId), userId, after, limit));
    }

    private static List<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
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
     * @param client the address that the request came from; null if the service acted by itself
     * @param requestId the id of the request; null if the service acted by itself
     */
    @Schema(name = "AuditEvent")
    public record Entry(
            long id, Instant at, @Nullable String tenant, String actor, String action, String subject, Map<String, Object> detail,
            @Nullable String client, @Nullable String requestId) {

        /** The entry of an event. */
        public static Entry of(long id, @Nullable String tenant, AuditEvent event) {
            return new Entry(
                    id, event.at(), tenant, event.actor(), event.action(), event.subject(), event.detail(), event.source().client(),
                    event.source().requestId());
        }
    }

    // The primary key and, for one tenant or actor, its index have the order of the result, so a page reads only its own rows. Without the
    // hint MySQL uses audit_event_subject for a tenant and sorts all its events.
    private static final String NEWEST =
            """
            SELECT STRAIGHT_JOIN e.id, e.tenant_id, e.at, t.slug, e.actor, e.action, e.subject, e.detail, e.client, e.request_id
            FROM audit_event e %s
            LEFT JOIN tenant t ON t.id = e.tenant_id
            %s
            ORDER BY e.id DESC
            LIMIT ?""";
    private static final String IN_TENANT = "FORCE INDEX (audit_event_tenant)";
    private static final String OF_PERSON = "FORCE INDEX (audit_event_actor)";

    /**
     * The newest events of all tenants, and those of no tenant.
     *
     * @param before the last id of the page before; null for the first page
     */
    public Uni<List<Entry>> list(Filter filter, int limit, @Nullable Long before) {
        return list(null, filter.tenant() == null ? "" : IN_TENANT, filter, limit, before);
    }

    /** The newest events of one tenant. */
    public Uni<List<Entry>> list(int tenantId, Filter filter, int limit, @Nullable Long before) {
        return list((Integer) tenantId, IN_TENANT, filter, limit, before);
    }

    private Uni<List<Entry>> list(@Nullable Integer tenantId, String index, Filter filter, int limit, @Nullable Long before) {
        var where = new QueryConditions()
                .andIfGiven("e.tenant_id = ?", tenantId)
                .andIfGiven("e.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
                .andIfGiven("e.action = ?", filter.action())
                .andIfGiven("e.at >= ?", Utc.column(filter.from()))
                .andIfGiven("e.at < ?", Utc.column(filter.to()))
                .andIfGiven("e.id < ?", before);
        var person = Optional.ofNullable(filter.actor()).flatMap(actor -> KnownPerson.of(null, actor));
        if (person.isEmpty()) {
            return page(where.andIfGiven("e.actor = ?", filter.actor()), index, limit);
        }
        return actors(tenantId, filter, person.get()).flatMap(actors -> page(
                where.and("e.actor IN (%s)".formatted(Placeholders.of("?", actors.size())), actors.toArray()), OF_PERSON, limit));
    }

    /** How events name the actor: by its pseudonym in each tenant, and as it was named before there were pseudonyms. */
    private Uni<List<String>> actors(@Nullable Integer tenantId, Filter filter, KnownPerson person) {
        var actor = Objects.requireNonNull(filter.actor());
        var tenants = KnownPerson.kind(actor).equals(EventRow.USER)
                ? new QueryConditions()
                        .andIfGiven("p.tenant_id = ?", tenantId)
                        .andIfGiven("p.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
                : new QueryConditions().and("p.tenant_id = ?", KnownPerson.NO_TENANT);
        return persons.named(person.userId(), tenants).map(pseudonyms -> {
            var actors = new ArrayList<>(List.of(actor));
            pseudonyms.forEach(pseudonym -> actors.add(KnownPerson.kind(actor) + pseudonym));
            return actors;
        });
    }

    private Uni<List<Entry>> page(QueryConditions where, String index, int limit) {
        return database.client()
                .preparedQuery(NEWEST.formatted(index, where.sql()))
                .execute(where.with(limit))
                .map(AuditTrail::rows)
                .flatMap(rows -> reader.read(rows).map(events -> IntStream.range(0, rows.size())
                        .mapToObj(i -> Entry.of(rows.get(i).getLong("id"), rows.get(i).getString("slug"), events.get(i)))
                        .toList()));
    }
}
