package io.weekly.api;

import static io.weekly.api.http.Validation.nameInPath;
import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.webhook.Webhook;
import io.weekly.webhook.Webhooks;
import io.weekly.webhook.Webhooks.Creation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The endpoints of a tenant that get messages about events. */
@Path("/api/v1/tenants/{slug}/webhooks")
@Tag(name = "Webhooks")
@ForTenantAdmins
public class WebhookResource {

    private final Webhooks webhooks;
    private final WebhookWishes wishes;
    private final WebhookAnswers answers;
    private final RequestAccess access;

    WebhookResource(Webhooks webhooks, WebhookWishes wishes, WebhookAnswers answers, RequestAccess access) {
        this.webhooks = webhooks;
        this.wishes = wishes;
        this.answers = answers;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "The endpoints in the order of creation, without their secrets")
    public Uni<Page<Webhook>> list(@RestPath String slug, @BeanParam Paging paging) {
        return webhooks.list(access.tenant().scope(), paging.after(Filters.ID).orElse(null), paging.fetchLimit())
                .map(found -> Page.of(found, paging, Webhook::id));
    }

    @POST
    @Operation(
            operationId = "createWebhook",
            summary = "A new endpoint, which gets messages about events from now on",
            description = "Only this answer shows the secret, and only if the service has made it. A repeated request with the same"
                    + " Idempotency-Key gets the answer without the secret. 409 if the tenant has as many endpoints as it can have, or if"
                    + " the service has no key to encrypt the secret with.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    public Uni<Response> create(@RestPath String slug, @Nullable WebhookRequest body, UriInfo uri) {
        var request = requireBody(body);
        var tenant = access.tenant().scope();
        var actor = access.caller().actor();
        return wishes.change(request).flatMap(wanted -> {
            var secret = wishes.secret(request.secret());
            return answers.answer(wanted, request.secret(), secret, () -> webhooks.create(tenant, wanted, secret, actor)
                    .map(WebhookResource::created)
                    .map(created -> CreatedResponse.at(uri, created.id(), created)));
        });
    }

    private static Webhook created(Creation creation) {
        return switch (creation) {
            case Creation.Created(var webhook) -> webhook;
            case Creation.TooMany(var max) -> throw ProblemException.conflict(
                    "The tenant has %d webhooks, which is as many as it can have.".formatted(max));
            case Creation.NoTenant _ -> throw ProblemException.notFound();
        };
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "One endpoint, without its secret")
    public Uni<Webhook> find(@RestPath String slug, @RestPath String id) {
        return webhooks.find(access.tenant().scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    @PUT
    @Path("/{id}")
    @Operation(
            operationId = "replaceWebhook",
            summary = "Replaces an endpoint; its secret stays",
            description = "Enables an endpoint that the service has disabled, unless enabled is false. Messages that wait for it are sent"
                    + " then. A new secret is a call of its own.")
    public Uni<Webhook> update(@RestPath String slug, @RestPath String id, @Nullable WebhookRequest body) {
        var request = requireBody(body);
        nameInPath("id", request.id(), id);
        if (request.secret() != null) {
            throw ProblemException.invalid("secret", "cannot be changed here: use POST …/webhooks/{id}/secret");
        }
        var tenant = access.tenant().scope();
        var actor = access.caller().actor();
        return wishes.change(request)
                .flatMap(wanted -> webhooks.update(tenant, id, wanted, actor))
                .map(updated -> updated.orElseThrow(ProblemException::notFound));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteWebhook", summary = "Deletes an endpoint; messages that wait for it are not sent")
    public Uni<Void> delete(@RestPath String slug, @RestPath String id) {
        return webhooks.delete(access.tenant().scope(), id, access.caller().actor()).invoke(existed -> {
            if (!existed) {
                throw ProblemException.notFound();
            }
        }).replaceWithVoid();
    }
}
