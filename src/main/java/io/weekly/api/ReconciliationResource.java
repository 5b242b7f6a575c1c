package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.report.Period;
import io.weekly.schedule.Reconciler;
import io.weekly.schedule.Reconciliation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Compares the schedules of a week with the runs that exist. */
@Path("/api/v1/reconciliation")
@Tag(name = "Runs")
@ForTenantAdmins
public class ReconciliationResource {

    private final Reconciler reconciler;
    private final RequestAccess access;
    private final Clock clock;

    ReconciliationResource(Reconciler reconciler, RequestAccess access, Clock clock) {
        this.reconciler = reconciler;
        this.access = access;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "reconcile",
            summary = "The schedules that should have fired in a week, compared with the runs that exist",
            description = "For the current week it counts up to now. The runs of a week have the data of the week before.")
    public Uni<Reconciliation> reconcile(
            @Parameter(
                            description = "The ISO week in which they should have fired; by default the current week in UTC.",
                            example = "2026-W47",
                            schema = @Schema(ref = "Period"))
                    @QueryParam("period")
                    @Nullable String period) {
        var requested = Filters.period("period", period);
        var week = requested == null ? Period.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)) : Period.parse(requested);
        return reconciler.reconcile(access.caller().scope(), week);
    }
}
