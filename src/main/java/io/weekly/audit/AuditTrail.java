package io.weekly.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads what happened to a thing. */
@ApplicationScoped
public class AuditTrail {

    private static final int LONGEST = 500;

    private static final String OF_SUBJECTS =
            """
            SELECT tenant_id, at, actor, action, subject, detail
            FROM audit_event
            WHERE tenant_id = ? AND subject IN (?, ?)
            ORDER BY id
            LIMIT ?""";

    private final Database database;
    private final ObjectMapper json;

    AuditTrail(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * The events of a thing and of what it belongs to (a report and its run), oldest first, at most 500.
     *
     * @param parent the same as {@code subject} where it belongs to nothing
     */
    public Uni<List<AuditEvent>> of(int tenantId, String subject, String parent) {
        return database.client()
                .preparedQuery(OF_SUBJECTS)
                .execute(Tuple.of(tenantId, subject, parent, LONGEST))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::event).toList());
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
