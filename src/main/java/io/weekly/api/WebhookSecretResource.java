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
import jakarta.ws.rs.core.Response;
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
    private final WebhookAnswers answers;
    private final RequestAccess access;

    WebhookSecretResource(Webhooks webhooks, WebhookWishes wishes, WebhookAnswers answers, RequestAccess access) {
        this.webhooks = webhooks;
        this.wishes = wishes;
        this.answers = answers;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Gives an endpoint a new secret; the old one stays valid for a while",
            description = "Until previousSecretUntil each message has two signatures, one with each secret. A secret before the last two is"
                    + " not valid any more. Only this answer shows the new secret, and only if the service has made it. A repeated"
                    + " request with the same Idempotency-Key gets the answer without the secret. The body may be {}. 409 if the service"
                    + " has no key to encrypt the secret with.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    public Uni<Response> rotate(@RestPath String slug, @RestPath String id, @Nullable WebhookSecretRequest body) {
        var given = requireBody(body).secret();
        var secret = wishes.secret(given);
        var tenant = access.tenant().scope();
        var actor = access.caller().actor();
        return answers.answer("", given, secret, () -> webhooks.rotate(tenant, id, secret, actor)
                .map(rotated -> rotated.orElseThrow(ProblemException::notFound))
                .map(rotated -> Response.ok(rotated).build()));
    }
}
