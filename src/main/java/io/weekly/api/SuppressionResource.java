package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.delivery.suppression.TenantSuppressions;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The addresses that get no mail of a tenant. A path has their ids, because access logs must not contain addresses. */
@Path("/api/v1/tenants/{slug}/suppressions")
@Tag(name = "Suppressions")
@ForTenantAdmins
public class SuppressionResource {

    private final TenantSuppressions suppressions;
    private final Validation validation;
    private final IdempotentRequests idempotent;
    private final RequestAccess access;

    SuppressionResource(
            TenantSuppressions suppressions, Validation validation, IdempotentRequests idempotent, RequestAccess access) {
        this.suppressions = suppressions;
        this.validation = validation;
        this.idempotent = idempotent;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listSuppressions", summary = "The addresses that get no mail of the tenant, in the order of creation")
    public Uni<Page<Suppression>> list(
            @RestPath String slug,
            @Parameter(
                            description = "Only those with this reason.",
                            schema = @Schema(ref = "SuppressionReason"),
                            example = "bounced")
                    @QueryParam("reason")
                    @Nullable String reason,
            @Parameter(description = "Only this address, in any case.", example = "ann@acme.test") @QueryParam("address")
                    @Nullable String address,
            @BeanParam Paging paging) {
        return suppressions
                .list(
                        access.tenant().scope(), Filters.word("reason", reason, SuppressionReason::of), Filters.text(address),
                        paging.fetchLimit(), paging.after(Filters.ID).orElse(null))
                .map(found -> Page.of(found, paging, Suppression::id));
    }

    @POST
    @Operation(
            operationId = "createSuppression",
            summary = "Suppresses an address: it gets no mail of the tenant; 409 if it is suppressed already",
            description = "Reports for this address that are in the queue end as suppressed, too.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Suppression.class)))
    public Uni<Response> create(@RestPath String slug, @Nullable NewSuppression body, UriInfo uri) {
        var wanted = validation.require(requireBody(body));
        return idempotent.answer(wanted, () -> suppressions
                .create(access.tenant().scope(), wanted.address(), wanted.detailOrEmpty(), access.caller().actor())
                .map(created -> created.orElseThrow(() -> ProblemException.conflict("This address is already suppressed.")))
                .map(created -> CreatedResponse.at(uri, created.id(), created)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSuppression", summary = "One suppression")
    public Uni<Suppression> find(@RestPath String slug, @RestPath String id) {
        return suppressions.find(access.tenant().scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "liftSuppression",
            summary = "Lifts a suppression: the address gets mail again",
            description = "Reports that ended as suppressed stay so until they are retried. If a mail system gives a reason again, the"
                    + " address is suppressed anew.")
    public Uni<Void> lift(@RestPath String slug, @RestPath String id) {
        return suppressions.lift(access.tenant().scope(), id, access.caller().actor()).invoke(existed -> {
            if (!existed) {
                throw ProblemException.notFound();
            }
        }).replaceWithVoid();
    }
}
