package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.StatusPolling;
import io.weekly.webhook.MessageState;
import io.weekly.webhook.WebhookMessage;
import io.weekly.webhook.WebhookMessages;
import io.weekly.webhook.WebhookOrders;
import io.weekly.webhook.WebhookOrders.Result;
import io.weekly.webhook.Webhooks;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The messages to an endpoint. */
@Path("/api/v1/tenants/{slug}/webhooks/{id}")
@Tag(name = "Webhooks")
@ForTenantAdmins
public class WebhookMessageResource {

    private final Webhooks webhooks;
    private final WebhookMessages messages;
    private final WebhookOrders orders;
    private final AcceptedRequests accepted;
    private final StatusPolling polling;
    private final RequestAccess access;

    WebhookMessageResource(
            Webhooks webhooks, WebhookMessages messages, WebhookOrders orders, AcceptedRequests accepted, StatusPolling polling,
            RequestAccess access) {
        this.webhooks = webhooks;
        this.messages = messages;
        this.orders = orders;
        this.accepted = accepted;
        this.polling = polling;
        this.access = access;
    }

    @POST
    @Path("/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Sends a message of the type webhook.test to an endpoint; 409 if it is disabled")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookMessage.class)))
    public Uni<Response> test(@RestPath String slug, @RestPath String id, UriInfo uri) {
        var tenant = access.tenant();
        var actor = access.caller().actor();
        return accepted(tenant.slug(), id, uri, orders.test(tenant, id, actor));
    }

    @GET
    @Path("/messages")
    @Operation(
            operationId = "listWebhookMessages",
            summary = "The messages to an endpoint, the newest first, without their bodies",
            description = "By default, messages that were received are kept for 7 days, and messages that were given up for 30 days.")
    public Uni<Page<WebhookMessage>> list(
            @RestPath String slug,
            @RestPath String id,
            @Parameter(
                            description = "Only messages in this state.",
                            schema = @Schema(type = SchemaType.STRING, enumeration = {"pending", "sent", "failed"}))
                    @QueryParam("state")
                    @Nullable String state,
            @BeanParam Paging paging) {
        var tenant = access.tenant().scope();
        var wanted = Filters.word("state", state, MessageState::of);
        var before = paging.after(Filters.ID).orElse(null);
        return webhooks.find(tenant, id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .flatMap(webhook -> messages.list(tenant, webhook.id(), wanted, before, paging.fetchLimit()))
                .map(found -> Page.of(found, paging, WebhookMessage::id));
    }

    @GET
    @Path("/messages/{messageId}")
    @Operation(operationId = "getWebhookMessage", summary = "One message to an endpoint, without its body")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookMessage.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String slug, @RestPath String id, @RestPath String messageId, Request request) {
        return messages.find(access.tenant().scope(), id, messageId)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(message -> polling.current(message, message.done(), request));
    }

    @POST
    @Path("/messages/{messageId}/retry")
    @Operation(
            operationId = "retryWebhookMessage",
            summary = "Sends a message again now, with the same webhook-id; 409 if the endpoint is disabled",
            description = "A message that was given up or received is sent like a new one. A message that is being sent does not change.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookMessage.class)))
    public Uni<Response> retry(@RestPath String slug, @RestPath String id, @RestPath String messageId, UriInfo uri) {
        var tenant = access.tenant();
        var actor = access.caller().actor();
        return accepted(tenant.slug(), id, uri, orders.retry(tenant.scope(), id, messageId, actor));
    }

    private Uni<Response> accepted(String slug, String id, UriInfo uri, Uni<Result> order) {
        return accepted.answer(
                null,
                () -> order.map(result -> switch (result) {
                    case Result.Ordered(var message) -> message;
                    case Result.Disabled _ -> throw ProblemException.conflict("The webhook is disabled. Enable it first.");
                    case Result.NotThere _ -> throw ProblemException.notFound();
                }),
                message -> uri.getBaseUriBuilder()
                        .path(WebhookMessageResource.class)
                        .path("messages/{messageId}")
                        .build(slug, id, message.id()));
    }
}
