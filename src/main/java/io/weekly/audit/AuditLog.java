package io.weekly.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends events in the transaction of the change that they record. So either both the change and its event are stored, or neither. */
@ApplicationScoped
public class AuditLog {

    private static final String APPEND =
            """
            INSERT INTO audit_event (tenant_id, at, actor, action, subject, detail)
            VALUES %s""";
    private static final String ROW = "(?, ?, ?, ?, ?, ?)";

    private final ObjectMapper json;

    AuditLog(ObjectMapper json) {
        this.json = json;
    }

    /** Appends one event in the transaction. */
    public Uni<Void> append(SqlClient transaction, AuditEvent event) {
        return append(transaction, List.of(event));
    }

    /** Appends the events in their order in the transaction; there may be none. */
    public Uni<Void> append(SqlClient transaction, List<AuditEvent> events) {
        return MultiRowInsert.insert(transaction, APPEND, ROW, events.stream().map(this::row).toList());
    }

    private Tuple row(AuditEvent event) {
        return Tuple.from(new Object[] {
            event.tenantId(),
            Utc.column(event.at()),
            event.actor(),
            event.action(),
            event.subject(),
            text(event.detail())
        });
    }

    private @Nullable String text(Map<String, Object> detail) {
        if (detail.isEmpty()) {
            return null;
        }
        try {
            return json.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an audit event's detail must be plain JSON: " + detail, e);
        }
    }
}
