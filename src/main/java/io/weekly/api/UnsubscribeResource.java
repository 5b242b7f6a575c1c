package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.ClientAddress;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestLimits;
import io.weekly.api.http.ForEveryone;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Refusals;
import io.weekly.api.page.ChoicesPage;
import io.weekly.api.page.ErrorPages;
import io.weekly.api.page.FormFields;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.delivery.suppression.Subscription;
import io.weekly.delivery.suppression.SubscriptionAction;
import io.weekly.delivery.suppression.Subscriptions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Where the reader of a mail chooses which mails it gets. The token in the path is the only proof that the caller may, so another site
 * cannot make a browser choose something without it.
 */
@Path("/unsubscribe/{token}")
@Tag(name = "Unsubscribe")
@ForEveryone
public class UnsubscribeResource {

    private static final String ONE_CLICK_FIELD = "List-Unsubscribe";
    private static final String ONE_CLICK = "One-Click";

    private final Subscriptions subscriptions;
    private final RequestedDefinition definitions;
    private final ErrorPages errors;
    private final RequestLimits limits;
    private final Refusals refusals;

    UnsubscribeResource(
            Subscriptions subscriptions, RequestedDefinition definitions, ErrorPages errors, RequestLimits limits, Refusals refusals) {
        this.subscriptions = subscriptions;
        this.definitions = definitions;
        this.errors = errors;
        this.limits = limits;
        this.refusals = refusals;
    }

    @GET
    @Operation(
            operationId = "showChoices",
            summary = "The page on which the reader of a mail chooses which mails it gets; changes nothing",
            description = "Needs no token of the platform. The page is in the language of the recipient.")
    @APIResponse(
            responseCode = "200",
            description = "The page.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(ref = "HtmlPage")))
    @APIResponse(responseCode = "429", ref = "429")
    public Uni<Response> show(@RestPath String token, @Context HttpServerRequest request, @Context HttpHeaders headers) {
        return find(token, request)
                .map(found -> page(found, false))
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> errors.instead((ProblemException) failure, headers));
    }

    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            operationId = "unsubscribe",
            summary = "Unsubscribes the reader of a mail with one request (RFC 8058), or does what it chose on the page",
            description = "List-Unsubscribe=One-Click stops the mails of this report, like action=stop-report. Can be repeated.")
    @RequestBody(content = {
        @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED, schema = @Schema(ref = "UnsubscribeForm")),
        @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(ref = "UnsubscribeForm"))
    })
    @APIResponse(
            responseCode = "200",
            description = "The page with the new state.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(ref = "HtmlPage")))
    @APIResponse(responseCode = "429", ref = "429")
    public Uni<Response> choose(
            @RestPath String token, byte[] body, @Context HttpServerRequest request, @Context HttpHeaders headers) {
        return find(token, request)
                .flatMap(found -> subscriptions.act(found, action(headers, body)))
                .map(changed -> page(changed.orElseThrow(ProblemException::notFound), true))
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> errors.instead((ProblemException) failure, headers));
    }

    /** Whatever the reason is, an address that does not work gets the same answer. */
    private Uni<Subscription> find(String token, HttpServerRequest request) {
        if (!subscriptions.isGenuine(token)) {
            return Uni.createFrom().failure(unknown(ClientAddress.of(request)));
        }
        return limits.request(token)
                .map(wait -> Uni.createFrom().<Subscription>failure(
                        ProblemException.tooMany("This address has been used too often.", wait)))
                .orElseGet(() -> subscriptions.find(token).map(found -> found.orElseThrow(ProblemException::notFound)));
    }

    private ProblemException unknown(ClientAddress client) {
        return limits.failure(client)
                .map(wait -> ProblemException.tooMany("Too many links from this address do not exist.", wait))
                .orElseGet(() -> {
                    refusals.record(Reason.INVALID_LINK);
                    return ProblemException.notFound();
                });
    }

    private static SubscriptionAction action(HttpHeaders headers, byte[] body) {
        var type = headers.getMediaType();
        var fields = type == null ? Map.<String, String>of() : FormFields.of(type, body);
        return ONE_CLICK.equalsIgnoreCase(fields.get(ONE_CLICK_FIELD))
                ? SubscriptionAction.STOP_REPORT
                : Optional.ofNullable(fields.get("action")).flatMap(SubscriptionAction::of).orElseThrow(() -> ProblemException.badRequest(
                        "The form must have List-Unsubscribe=One-Click, or an action of the page."));
    }

    private Response page(Subscription subscription, boolean isSaved) {
        var title = definitions.title(subscription.definition(), subscription.locale());
        return ChoicesPage.of(subscription, title, isSaved);
    }
}
