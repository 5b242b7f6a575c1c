package io.weekly.api;

import static io.weekly.api.http.Validation.nameInPath;
import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.ForOperators;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.tenant.Secrets;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The tenants. */
@Path("/api/v1/tenants")
@Tag(name = "Tenants")
@ForOperators
public class TenantResource {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,63}");

    private final Tenants tenants;
    private final Secrets secrets;
    private final Validation validation;
    private final IdempotentRequests idempotent;
    private final RequestAccess access;

    TenantResource(Tenants tenants, Secrets secrets, Validation validation, IdempotentRequests idempotent, RequestAccess access) {
        this.tenants = tenants;
        this.secrets = secrets;
        this.validation = validation;
        this.idempotent = idempotent;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listTenants", summary = "The tenants, by slug")
    public Uni<Page<Tenant>> list(@BeanParam Paging paging) {
        return tenants.list(paging.after(SLUG).orElse(""), paging.fetchLimit())
                .map(found -> Page.of(found, paging, Tenant::slug));
    }

    @POST
    @Operation(operationId = "createTenant", summary = "Creates a tenant; 409 if its slug is taken")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Tenant.class)))
    public Uni<Response> create(@Nullable Tenant tenant, UriInfo uri) {
        var wanted = validation.require(requireBody(tenant));
        return idempotent.answer(comparable(wanted), () -> tenants.create(wanted, access.caller().actor())
                .map(created -> created.orElseThrow(() -> ProblemException.conflict("There is a tenant with this slug.")))
                .map(created -> CreatedResponse.at(uri, created.slug(), created)));
    }

    /**
     * The content that is compared if an Idempotency-Key is used again. The JSON of a tenant does not contain the password, so the
     * fingerprint of the password is added.
     */
    private Object comparable(Tenant wanted) {
        return wanted.pdfPassword() == null ? wanted : List.of(wanted, secrets.fingerprint(wanted.pdfPassword()));
    }

    @GET
    @Path("/{slug}")
    @Operation(operationId = "getTenant", summary = "One tenant")
    public Uni<Tenant> find(@RestPath String slug) {
        return Uni.createFrom().item(access.tenant());
    }

    @PUT
    @Path("/{slug}")
    @Operation(operationId = "replaceTenant", summary = "Replaces a tenant; another zone moves its schedules")
    public Uni<Tenant> update(@RestPath String slug, @Nullable Tenant tenant) {
        var wanted = validation.require(tenant(slug, requireBody(tenant)));
        return tenants.update(wanted, access.caller().actor()).map(updated -> updated.orElseThrow(ProblemException::notFound));
    }

    private static Tenant tenant(String slug, Tenant body) {
        return body.withSlug(nameInPath("slug", body.slug(), slug));
    }

    @DELETE
    @Path("/{slug}")
    @Operation(
            operationId = "endTenant",
            summary = "Ends a tenant: its reports are no longer sent, and its slug becomes free",
            description = "Its files and the personal data of its recipients are deleted later: after 30 days, unless the service is set to"
                    + " another time (weekly.retention.tenant-grace).")
    public Uni<Void> end(@RestPath String slug) {
        return tenants.end(slug, access.caller().actor())
                .map(ended -> ended.orElseThrow(ProblemException::notFound))
                .replaceWithVoid();
    }
}
