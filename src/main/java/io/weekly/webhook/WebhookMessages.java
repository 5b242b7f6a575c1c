package io.weekly.webhook;

import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code webhook_message} as admins see it, and what writes new messages into it. {@link MessageClaims} works on them. */
@ApplicationScoped
public class WebhookMessages {

    private final Database database;
    private final Clock clock;

    WebhookMessages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An event for one endpoint. */
    record Posted(String webhookId, OutgoingEvent event) {}

    private static final String POST =
            """
            INSERT INTO webhook_message (tenant_id, id, webhook_id, event, recipient_id, payload, state, due_at, created_at)
            VALUES %s""";
    private static final String ROW = "(?, UNHEX(?), UNHEX(?), ?, ?, ?, 'pending', NOW(6), ?)";

    /** Stores messages; they are sent after the transaction. Returns their ids. */
    Uni<List<String>> post(SqlClient transaction, List<Posted> posted) {
        var now = Utc.column(clock.instant());
        var ids = posted.stream().map(_ -> Ids.next(clock)).toList();
        var rows = new ArrayList<Tuple>();
        for (var i = 0; i < ids.size(); i++) {
            var event = posted.get(i).event();
            rows.add(Tuple.from(new Object[] {
                event.tenantId(), ids.get(i), posted.get(i).webhookId(), event.event().text(), event.recipientId().orElse(null),
                event.body(), now
            }));
        }
        return MultiRowInsert.insert(transaction, POST, ROW, rows).replaceWith(ids);
    }

    private static final String SELECT =
            """
            SELECT LOWER(HEX(m.id)) AS id, m.event, m.state, m.attempt, m.due_at, m.status, m.answer, m.created_at, m.ended_at
            FROM webhook_message m
            """;

    /**
     * A page of the messages to an endpoint, the newest first.
     *
     * @param state null for all
     * @param before the last id of the previous page; null for the first page
     */
    public Uni<List<WebhookMessage>> list(
            OfTenant tenant, String webhookId, @Nullable MessageState state, @Nullable String before, int limit) {
        var where = of(tenant, webhookId)
                .andIfGiven("m.state = ?", state == null ? null : state.text())
                .andIfGiven("m.id < UNHEX(?)", before);
        return database.client()
                .preparedQuery(SELECT + where.sql() + "\nORDER BY m.id DESC\nLIMIT ?")
                .execute(where.with(limit))
                .map(WebhookMessages::messages);
    }

    private static QueryConditions of(OfTenant tenant, String webhookId) {
        return tenant.within(new QueryConditions(), "m").and("m.webhook_id = UNHEX(?)", webhookId);
    }

    /** A message to an endpoint of the tenant; empty if there is none. */
    public Uni<Optional<WebhookMessage>> find(OfTenant tenant, String webhookId, String id) {
        return find(database.client(), tenant, webhookId, id);
    }

    Uni<Optional<WebhookMessage>> find(SqlClient client, OfTenant tenant, String webhookId, String id) {
        if (!Ids.isId(webhookId) || !Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = of(tenant, webhookId).and("m.id = UNHEX(?)", id);
        return client.preparedQuery(SELECT + where.sql())
                .execute(where.with())
                .map(rows -> messages(rows).stream().findFirst());
    }

    // A message that a process works on now has a lease: it is left alone. The order counts: MySQL sets one column after the other.
    private static final String RETRY =
            """
            UPDATE webhook_message
            SET attempt = IF(state = 'pending', attempt, 0), state = 'pending', due_at = NOW(6), lease = NULL, ended_at = NULL
            WHERE tenant_id = ? AND webhook_id = UNHEX(?) AND id = UNHEX(?) AND (state <> 'pending' OR lease IS NULL)""";

    /**
     * Makes a message due now. If it was sent or given up, its attempts are counted from zero. False if a process sends it at the moment,
     * or if it does not exist.
     */
    Uni<Boolean> retry(SqlClient transaction, OfTenant tenant, String webhookId, String id) {
        return transaction
                .preparedQuery(RETRY)
                .execute(Tuple.of(tenant.tenantId(), webhookId, id))
                .map(updated -> updated.rowCount() == 1);
    }

    private static List<WebhookMessage> messages(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(WebhookMessages::message).toList();
    }

    private static WebhookMessage message(Row row) {
        var state = MessageState.of(row.getString("state")).orElseThrow();
        return new WebhookMessage(
                row.getString("id"),
                row.getString("event"),
                state,
                row.getInteger("attempt"),
                state == MessageState.PENDING ? instant(row.getLocalDateTime("due_at")) : null,
                row.getInteger("status"),
                row.getString("answer"),
                instant(row.getLocalDateTime("created_at")),
                instant(row.getLocalDateTime("ended_at")));
    }
}
