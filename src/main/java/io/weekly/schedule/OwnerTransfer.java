package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * Gives all schedules of a person to another one. Each schedule gets an event {@code schedule.transferred}. It has no weekday and time,
 * which stay as they are, so {@link PastSchedules} does not read it.
 */
@ApplicationScoped
public class OwnerTransfer {

    private final ScheduleChanges changes;
    private final AuditLog audit;
    private final Clock clock;

    OwnerTransfer(ScheduleChanges changes, AuditLog audit, Clock clock) {
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    private static final String OWNED =
            """
            SELECT LOWER(HEX(id)) AS id, definition, owner
            FROM schedule
            WHERE tenant_id = ? AND LOWER(owner) = ? AND ended_at IS NULL
            ORDER BY id
            FOR UPDATE""";

    /**
     * Transfers the schedules that have not ended.
     *
     * @param from the address of the person, in upper or lower case
     * @param to the address of the other one, as it is to be stored
     * @param actor who does it
     * @return the ids of the schedules, in the order of their creation; empty if the person owns none
     */
    public Uni<List<String>> transfer(SqlClient transaction, OfTenant tenant, String from, String to, String actor) {
        var owner = from.toLowerCase(Locale.ROOT);
        return transaction.preparedQuery(OWNED).execute(Tuple.of(tenant.tenantId(), owner)).flatMap(rows -> {
            var owned = StreamSupport.stream(rows.spliterator(), false).toList();
            var events = owned.stream().map(row -> event(tenant, row, to, actor)).toList();
            var ids = owned.stream().map(row -> row.getString("id")).toList();
            return ids.isEmpty()
                    ? Uni.createFrom().item(ids)
                    : changes.transfer(transaction, tenant, owner, to).flatMap(_ -> audit.append(transaction, events)).replaceWith(ids);
        });
    }

    private AuditEvent event(OfTenant tenant, Row schedule, String to, String actor) {
        var from = schedule.getString("owner");
        var detail = new LinkedHashMap<String, Object>();
        detail.put("definition", schedule.getString("definition"));
        detail.put("from", PersonalText.ofAddress(from, from));
        detail.put("to", PersonalText.ofAddress(to, to));
        return new AuditEvent(tenant.tenantId(), clock.instant(), actor, "schedule.transferred", schedule.getString("id"), detail);
    }
}
