package io.weekly.api.request;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.api.http.ProblemException;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportRequests;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Requests a report on demand. */
@ApplicationScoped
public class RequestedReport {

    private final ReportRequests requests;
    private final OrderLimits limits;

    RequestedReport(ReportRequests requests, OrderLimits limits) {
        this.requests = requests;
        this.limits = limits;
    }

    /**
     * Requests the report and returns its id. Fails with a 429 if the tenant has ordered too many, and with a 422 if there is no such
     * active recipient. Such a request counts too, unless it has an {@code Idempotency-Key}.
     *
     * @param userId of the recipient
     */
    public Uni<String> request(
            Caller caller, Tenant tenant, String definition, Period period, String userId, List<String> formats, DeliveryMode delivery) {
        return limits.countReport(tenant)
                .flatMap(_ -> requests.request(
                        tenant.id(), caller.actor(), definition, period.toString(), userId, formats, delivery))
                .map(id -> id.orElseThrow(() -> ProblemException.invalid("recipient", "is no recipient of this tenant")));
    }
}
