package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.NotVisibleException;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.audit.AuditTrail;
import io.weekly.audit.AuditTrail.Entry;
import io.weekly.audit.AuditTrail.Filter;
import io.weekly.tenant.Tenant;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit trail. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
@ForTenantAdmins
public class AuditResource {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final AuditTrail trail;
    private final RequestAccess access;

    AuditResource(AuditTrail trail, RequestAccess access) {
        this.trail = trail;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listAuditEvents", summary = "The newest events first: those of the caller's tenant, or all for an operator")
    public Uni<Page<Entry>> list(@BeanParam Query query, @BeanParam Paging paging) {
        var filter = query.filter();
        var before = paging.after(ID).map(Long::valueOf).orElse(null);
        var caller = access.caller();
        return caller.tenant()
                .map(own -> trail.list(own.id(), visible(filter, own), paging.fetchLimit(), before))
                .orElseGet(() -> trail.list(filter, paging.fetchLimit(), before))
                .map(found -> Page.of(found, paging, entry -> Long.toString(entry.id())));
    }

    /** If an admin filters by another tenant, the response is a 404, whether that tenant exists or not. */
    private static Filter visible(Filter filter, Tenant own) {
        if (filter.tenant() != null && !filter.tenant().equals(own.slug())) {
            throw new NotVisibleException();
        }
        return filter;
    }

    /** The filters of the list. */
    static class Query {
        @QueryParam("tenant")
        @Nullable String tenant;

        @QueryParam("actor")
        @Parameter(description = "Only events of this actor: user:<id>, operator:<id> or service.")
        @Nullable String actor;

        @QueryParam("action")
        @Parameter(description = "Only events with this action, such as report.delivered.")
        @Nullable String action;

        @QueryParam("from")
        @Parameter(
                description = "From this moment on.",
                example = "2026-11-23T06:30:00Z",
                schema = @Schema(type = SchemaType.STRING, format = "date-time"))
        @Nullable String from;

        @QueryParam("to")
        @Parameter(
                description = "Before this moment.",
                example = "2026-11-30T06:30:00Z",
                schema = @Schema(type = SchemaType.STRING, format = "date-time"))
        @Nullable String to;

        Filter filter() {
            return new Filter(
                    Filters.text(tenant),
                    Filters.text(actor),
                    Filters.text(action),
                    Filters.instant("from", from),
                    Filters.instant("to", to));
        }
    }
}
