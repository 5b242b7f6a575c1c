package io.weekly.access.link;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Deletes links: of persons that are erased, of tenants that ended long ago, and those that expired a month ago. Until then, a user of
 * the API can see when a link was last used. A link without a row answers like one that has expired ({@link OpenedLinks}).
 */
@ApplicationScoped
class LinkErasure implements PersonalData {

    private static final int BATCH = 500;
    /** The most batches of a pass. */
    private static final int BATCHES = 200;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String ACTOR = "user:";

    private final Database database;
    private final Clock clock;

    LinkErasure(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String OF_PERSON =
            """
            SELECT LOWER(HEX(l.id)) AS id
            FROM report r
            JOIN link l ON l.tenant_id = r.tenant_id AND l.report_id = r.id
            WHERE r.tenant_id = ? AND r.recipient_id = ?
            LIMIT ?""";
    // A link that the person made to the report of somebody else keeps working for its reader. A link that is newer than the request may
    // be of the next person with this user id.
    private static final String MADE_BY =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM link
            WHERE tenant_id = ? AND created_by = ? AND created_at <= ?
            LIMIT ?""";

    @Override
    public Uni<Boolean> erase(Person person) {
        var tenantId = person.tenant().tenantId();
        return ids(OF_PERSON, Tuple.of(tenantId, person.recipientId(), BATCH))
                .call(ids -> delete(tenantId, ids))
                .flatMap(deleted -> ids(MADE_BY, Tuple.of(tenantId, ACTOR + person.userId(), Utc.column(person.requestedAt()), BATCH))
                        .call(ids -> rename(tenantId, ids, ACTOR + person.erasedId()))
                        .map(renamed -> deleted.size() < BATCH && renamed.size() < BATCH));
    }

    private static final String OF_TENANT =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM link
            WHERE tenant_id = ?
            LIMIT ?""";

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return ids(OF_TENANT, Tuple.of(tenantId, BATCH)).call(ids -> delete(tenantId, ids)).map(ids -> ids.size() < BATCH);
    }

    private Uni<List<String>> ids(String select, Tuple parameters) {
        return database.client()
                .preparedQuery(select)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    private static final String DELETE =
            """
            DELETE FROM link
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private Uni<Void> delete(int tenantId, List<String> ids) {
        return each(DELETE, ids.stream().map(id -> Tuple.of(tenantId, id)).toList());
    }

    private static final String RENAME =
            """
            UPDATE link
            SET created_by = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private Uni<Void> rename(int tenantId, List<String> ids, String actor) {
        return each(RENAME, ids.stream().map(id -> Tuple.of(actor, tenantId, id)).toList());
    }

    /** In one transaction, because otherwise each statement would be a commit of its own. */
    private Uni<Void> each(String statement, List<Tuple> rows) {
        return database.transaction(transaction -> Batch.execute(transaction, statement, rows));
    }

    private static final String DELETE_EXPIRED =
            """
            DELETE FROM link
            WHERE expires_at < ?
            ORDER BY expires_at
            LIMIT ?""";

    /** Several processes may do it at the same time. A pass is bounded; the next one goes on. */
    @Scheduled(every = "10m", delayed = "50s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deleteExpired() {
        var before = Utc.column(clock.instant().minus(KEPT));
        return Multi.createBy()
                .repeating()
                .uni(() -> database.client().preparedQuery(DELETE_EXPIRED).execute(Tuple.of(before, BATCH)).map(RowSet<Row>::rowCount))
                .whilst(deleted -> deleted == BATCH)
                .select()
                .first(BATCHES)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
