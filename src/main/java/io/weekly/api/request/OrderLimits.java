package io.weekly.api.request;

import io.smallrye.mutiny.Uni;
import io.weekly.api.http.ProblemException;
import io.weekly.report.OrderCounts;
import io.weekly.report.OrderCounts.Kind;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits what a tenant orders by hand. A repeated request with the same {@code Idempotency-Key} does not count again. */
@ApplicationScoped
class OrderLimits {

    private final OrderCounts counts;
    private final OrdersConfig config;

    OrderLimits(OrderCounts counts, OrdersConfig config) {
        this.counts = counts;
        this.config = config;
    }

    /** Counts a report on demand. Fails with a 429 beyond the limit. */
    Uni<Void> countReport(Tenant tenant) {
        return count(tenant, Kind.REPORT, config.maxPerHour(), "reports on demand");
    }

    /** Counts a test-send. Fails with a 429 beyond the limit. */
    Uni<Void> countTestSend(Tenant tenant) {
        return count(tenant, Kind.TEST_SEND, config.maxTestSendsPerHour(), "test-sends");
    }

    private Uni<Void> count(Tenant tenant, Kind kind, int limit, String what) {
        return counts.count(tenant.id(), kind, limit)
                .invoke(wait -> wait.ifPresent(it -> {
                    throw ProblemException.tooMany("This tenant may order %d %s in an hour.".formatted(limit, what), it);
                }))
                .replaceWithVoid();
    }
}
