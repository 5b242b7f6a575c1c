package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.audit.seal.AuditVerification;
import io.weekly.audit.seal.Verdict;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether the audit trail is as it was sealed. */
@Path("/api/v1/audit/verification")
@Tag(name = "Audit")
@ForTenantAdmins
public class AuditVerificationResource {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final AuditVerification verification;
    private final RequestAccess access;

    AuditVerificationResource(AuditVerification verification, RequestAccess access) {
        this.verification = verification;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "verifyAudit",
            summary = "Compares the newest audit events with their seals, and the seals with the anchors",
            description = "At most a million events, which takes seconds. A process does one verification at a time; another request is "
                    + "a 429. The command verify-audit compares all events. An administrator of a tenant gets the same verdict, with the "
                    + "numbers of its own events.")
    public Uni<Verdict> verify(
            @QueryParam("from")
                    @Parameter(
                            description = "Seals from this moment on; the last day by default.",
                            example = "2026-11-23T06:30:00Z",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable String from) {
        var start = Filters.instant("from", from);
        return access.caller()
                .tenant()
                .map(own -> verification.verify(start, own.id()))
                .orElseGet(() -> verification.verify(start))
                .map(verdict -> verdict.orElseThrow(() -> ProblemException.tooMany(
                        "This process is verifying the audit trail for another request.", WAIT)));
    }
}
