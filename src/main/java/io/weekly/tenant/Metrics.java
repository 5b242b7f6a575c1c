package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Stores the metrics of tenants, which the built-in report reads. */
@ApplicationScoped
public class Metrics implements PersonalData {

    private static final Comparator<Metric> BY_KEY =
            Comparator.comparing(Metric::metric).thenComparing(Metric::day).thenComparing(Metric::dimension);

    private static final int ERASE_BATCH = 1000;

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    Metrics(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    private static final String UPSERT =
            """
            INSERT INTO metric (tenant_id, metric, day, dimension, value)
            VALUES %s
            ON DUPLICATE KEY UPDATE value = VALUES(value)""";

    /**
     * Stores a few hundred values in one transaction and with one audit event. If several have the same metric, day and dimension, the last
     * one counts.
     */
    public Uni<Void> upsertAll(OfTenant tenant, List<Metric> chunk, String actor) {
        if (chunk.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // Uploads lock rows in the same order, so that they wait for each other instead of deadlocking. The sort is stable: the last of
        // several lines with one key stays the last.
        var sorted = chunk.stream().sorted(BY_KEY).toList();
        return database.transaction(transaction -> transaction
                .preparedQuery(UPSERT.formatted(Placeholders.of("(?, ?, ?, ?, ?)", sorted.size())))
                .execute(values(tenant, sorted))
                .flatMap(_ -> audit.append(transaction, event(tenant, chunk.size(), actor))));
    }

    private static final String DELETE_SOME =
            """
            DELETE FROM metric
            WHERE tenant_id = ?
            LIMIT ?""";

    /** Metrics are of the whole tenant. */
    @Override
    public Uni<Boolean> erase(Person person) {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return database.client()
                .preparedQuery(DELETE_SOME)
                .execute(Tuple.of(tenantId, ERASE_BATCH))
                .map(deleted -> deleted.rowCount() < ERASE_BATCH);
    }

    private static Tuple values(OfTenant tenant, List<Metric> chunk) {
        var values = Tuple.tuple();
        for (var metric : chunk) {
            values.addInteger(tenant.tenantId())
                    .addString(metric.metric())
                    .addLocalDate(metric.day())
                    .addString(metric.dimension())
                    .addBigDecimal(metric.rounded());
        }
        return values;
    }

    private AuditEvent event(OfTenant tenant, int accepted, String actor) {
        return new AuditEvent(
                tenant.tenantId(), clock.instant(), actor, "metrics.upserted", "metrics", Map.of("accepted", accepted));
    }
}
