package io.weekly.api;

import static io.weekly.api.http.Validation.nameInPath;
import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Locations;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.RecipientChanges;
import io.weekly.tenant.RecipientChanges.Stored;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Secrets;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The recipients of a tenant. */
@Path("/api/v1/tenants/{slug}/recipients")
@Tag(name = "Recipients")
@ForTenantAdmins
public class RecipientResource {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final Recipients recipients;
    private final RecipientChanges changes;
    private final Secrets secrets;
    private final Validation validation;
    private final IdempotentRequests idempotent;
    private final RequestAccess access;

    RecipientResource(
            Recipients recipients, RecipientChanges changes, Secrets secrets, Validation validation, IdempotentRequests idempotent,
            RequestAccess access) {
        this.recipients = recipients;
        this.changes = changes;
        this.secrets = secrets;
        this.validation = validation;
        this.idempotent = idempotent;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "listRecipients",
            summary = "The recipients in the order of creation; those that have ended have active: false",
            description = "With an audience it lists only the recipients that a schedule with this audience would send to: the active ones"
                    + " with at least one of the tags.")
    public Uni<Page<Recipient>> list(
            @RestPath String slug,
            @Parameter(description = "The tags of an audience, separated by commas.", example = "sales,managers")
                    @QueryParam("audience")
                    @Nullable String audience,
            @BeanParam Paging paging) {
        var scope = access.tenant().scope();
        var after = Long.parseLong(paging.after(ID).orElse("0"));
        var tags = Filters.tags("audience", audience);
        var page = tags.isEmpty()
                ? recipients.list(scope, after, paging.fetchLimit())
                : recipients.audience(scope, tags, after, paging.fetchLimit());
        return page.map(found -> Page.of(found, paging, recipient -> Long.toString(recipient.id())));
    }

    @POST
    @Operation(
            operationId = "createRecipient",
            summary = "Creates a recipient, also if one with this userId was deleted; 409 if there is an active one",
            description = "A recipient with the userId of a deleted one is another person: it has no PDF password and no preferences, and"
                    + " it gets no mail that was queued for the deleted one. The reports of the deleted one stay in the history.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Recipient.class)))
    public Uni<Response> create(@RestPath String slug, @Nullable Recipient recipient, UriInfo uri) {
        var wanted = validation.require(requireBody(recipient));
        return idempotent.answer(comparable(wanted), () -> changes.create(access.tenant().scope(), wanted, access.caller().actor())
                .map(created -> created.orElseThrow(() -> ProblemException.conflict("There is a recipient with this userId.")))
                .map(created -> CreatedResponse.at(uri, created.userId(), created)));
    }

    /**
     * The content that is compared if an Idempotency-Key is used again. The JSON of a recipient does not contain the password, so the
     * fingerprint of the password is added.
     */
    private Object comparable(Recipient wanted) {
        return wanted.pdfPassword() == null ? wanted : List.of(wanted, secrets.fingerprint(wanted.pdfPassword()));
    }

    @GET
    @Path("/{userId}")
    @Operation(operationId = "getRecipient", summary = "One recipient")
    public Uni<Recipient> find(@RestPath String slug, @RestPath String userId) {
        return recipients.find(access.tenant().scope(), userId).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    @PUT
    @Path("/{userId}")
    // Without it the framework would write the entity of a RestResponse as any accepted type, such as HTML.
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putRecipient", summary = "Stores a recipient: 201 if it is new, else 200")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Recipient.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Recipient.class)))
    public Uni<RestResponse<Recipient>> put(@RestPath String slug, @RestPath String userId, @Nullable Recipient recipient, UriInfo uri) {
        var wanted = validation.require(recipient(userId, requireBody(recipient)));
        return changes.put(access.tenant().scope(), wanted, access.caller().actor())
                .map(stored -> answer(stored, uri));
    }

    private static Recipient recipient(String userId, Recipient body) {
        return body.withUserId(nameInPath("userId", body.userId(), userId));
    }

    private static RestResponse<Recipient> answer(Stored stored, UriInfo uri) {
        return stored.created()
                ? RestResponse.ResponseBuilder.<Recipient>create(RestResponse.Status.CREATED)
                        .header(HttpHeaders.LOCATION, Locations.path(uri.getAbsolutePath()))
                        .entity(stored.recipient())
                        .build()
                : RestResponse.ok(stored.recipient());
    }

    @DELETE
    @Path("/{userId}")
    @Operation(
            operationId = "endRecipient",
            summary = "Deletes a recipient: it stays visible as inactive, and its queued reports end as suppressed",
            description = "Its PDF password and its preferences are deleted. To stop the mails of a person for a while, store it with"
                    + " active: false instead: then it keeps both.")
    public Uni<Void> end(@RestPath String slug, @RestPath String userId) {
        return changes.end(access.tenant().scope(), userId, access.caller().actor()).invoke(existed -> {
            if (!existed) {
                throw ProblemException.notFound();
            }
        }).replaceWithVoid();
    }
}
