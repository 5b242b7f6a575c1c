package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.webhook.Webhook;
import io.weekly.webhook.Webhooks;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The secret of an endpoint. */
@Path("/api/v1/tenants/{slug}/webhooks/{id}/secret")
@Tag(name = "Webhooks")
@ForTenantAdmins
public class WebhookSecretResource {

    private final Webhooks webhooks;
    private final WebhookWishes wishes;
    private final RequestAccess access;

    WebhookSecretResource(Webhooks webhooks, WebhookWishes wishes, RequestAccess access) {
        this.webhooks = webhooks;
        this.wishes = wishes;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Gives an endpoint a new secret; the old one stays valid for a while",
            description = "Until previousSecretUntil each message has two signatures, one with each secret. A secret before the last two is"
                    + " not valid any more. Only this answer shows the new secret, and only if the service has made it. The body may be"
                    + " {}.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    @APIResponse(responseCode = "409", description = "The service has no key to encrypt the secret with.")
    public Uni<Webhook> rotate(@RestPath String slug, @RestPath String id, @Nullable WebhookSecretRequest body) {
        var given = requireBody(body).secret();
        var secret = wishes.secret(given);
        return webhooks.rotate(access.tenant().scope(), id, secret, access.caller().actor())
                .map(rotated -> rotated.orElseThrow(ProblemException::notFound))
                .map(rotated -> given == null ? rotated.withSecret(secret) : rotated);
    }
}
