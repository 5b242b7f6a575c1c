package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;

/**
 * Finds the endpoints that have something to be sent. It looks at endpoints and not at messages: so the 100,000 messages of one endpoint
 * are not in the way of the one message of another.
 */
@ApplicationScoped
class DueEndpoints {

    private static final int PAGE = 1000;

    private final Database database;
    private volatile String after = Ids.NONE;

    DueEndpoints(Database database) {
        this.database = database;
    }

    /** An endpoint. */
    record Due(int tenantId, String webhookId) {}

    private static final String DUE =
            """
            SELECT w.tenant_id, LOWER(HEX(w.id)) AS id,
              w.state <> 'disabled' AND (w.paused_until IS NULL OR w.paused_until <= NOW(6))
              AND EXISTS (SELECT 1 FROM tenant t WHERE t.id = w.tenant_id AND t.ended_at IS NULL)
              AND EXISTS (
                SELECT 1
                FROM webhook_message m
                WHERE m.tenant_id = w.tenant_id AND m.webhook_id = w.id AND m.state = 'pending' AND m.due_at <= NOW(6)) AS due
            FROM webhook w
            WHERE w.id > UNHEX(?)
            ORDER BY w.id
            LIMIT ?""";

    private record Looked(Due endpoint, boolean isDue) {}

    /**
     * Those of the next 1,000 endpoints that have something to be sent. So a call costs the same with 10,000 tenants. Each call continues
     * after the last one and returns its endpoints in random order: there are fewer free slots than
     * busy endpoints, and a fixed order would always give the slots to the same ones.
     */
    Uni<List<Due>> next() {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Looked(new Due(row.getInteger("tenant_id"), row.getString("id")), row.getInteger("due") != 0))
                        .toList())
                .invoke(page -> after = page.size() < PAGE ? Ids.NONE : page.getLast().endpoint().webhookId())
                .map(page -> page.stream().filter(Looked::isDue).map(Looked::endpoint).toList())
                .map(DueEndpoints::shuffled);
    }

    private static List<Due> shuffled(List<Due> page) {
        var endpoints = new ArrayList<>(page);
        Collections.shuffle(endpoints, ThreadLocalRandom.current());
        return endpoints;
    }
}
