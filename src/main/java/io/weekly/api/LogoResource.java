package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ConditionalRequest;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.tenant.logo.Logo;
import io.weekly.tenant.logo.Logos;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The logo of a tenant. */
@Path("/api/v1/tenants/{slug}/logo")
@Tag(name = "Tenants")
@ForTenantAdmins
public class LogoResource {

    private final Logos logos;
    private final RequestAccess access;

    LogoResource(Logos logos, RequestAccess access) {
        this.logos = logos;
        this.access = access;
    }

    @PUT
    @Consumes({Logo.PNG, Logo.JPEG, Logo.SVG})
    @Operation(
            operationId = "putLogo",
            summary = "Stores a logo of at most 200 KB: 201 if there was none, else 204",
            description = "The bytes must match Content-Type. Width and height are at most 4096 pixels. An SVG must not contain code, or"
                    + " refer to anything outside of it; a 422 names the forbidden element or attribute.")
    @RequestBody(content = {
        @Content(mediaType = Logo.PNG, schema = @Schema(ref = "Bytes")),
        @Content(mediaType = Logo.JPEG, schema = @Schema(ref = "Bytes")),
        @Content(mediaType = Logo.SVG, schema = @Schema(ref = "Bytes"))
    })
    @APIResponse(responseCode = "201", description = "Stored.", headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(responseCode = "204", description = "Replaced.", headers = @Header(name = "ETag", ref = "ETag"))
    public Uni<Response> put(@RestPath String slug, byte @Nullable [] body, HttpHeaders headers, UriInfo uri) {
        var tenant = access.tenant();
        var actor = access.caller().actor();
        if (body != null && body.length > Logo.MAX_BYTES) {
            throw ProblemException.tooLarge("A logo has at most %d bytes.".formatted(Logo.MAX_BYTES));
        }
        var logo = Logo.of(mediaType(headers.getMediaType()), body == null ? new byte[0] : body);
        return Uni.createFrom()
                .item(logo::fault)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(fault -> fault.ifPresent(reason -> {
                    throw ProblemException.invalid("logo", reason);
                }))
                .flatMap(_ -> logos.put(tenant.scope(), tenant.slug(), logo, actor))
                .map(isNew -> isNew ? Response.created(uri.getAbsolutePath()) : Response.noContent())
                .map(answer -> answer.tag(new EntityTag(logo.sha256())).build());
    }

    /** Without parameters: an image has no charset, and an SVG must be UTF-8. */
    private static String mediaType(@Nullable MediaType type) {
        return type == null ? "" : type.getType().toLowerCase(Locale.ROOT) + "/" + type.getSubtype().toLowerCase(Locale.ROOT);
    }

    @GET
    @Operation(operationId = "findLogo", summary = "The bytes of the logo, or 304 if they have not changed")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = {
                @Content(mediaType = Logo.PNG, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = Logo.JPEG, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = Logo.SVG, schema = @Schema(ref = "Bytes"))
            })
    @APIResponse(responseCode = "304", description = "The client has this logo.")
    public Uni<Response> find(@RestPath String slug, Request request) {
        return logos.find(access.tenant().scope())
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(logo -> answer(logo, request));
    }

    /** The logo was checked when it was stored. The headers additionally protect a browser that opens the logo directly. */
    private static Response answer(Logo logo, Request request) {
        var tag = new EntityTag(logo.sha256());
        var answer = ConditionalRequest.evaluate(request, tag)
                .orElseGet(() -> Response.ok(logo.bytes(), logo.mediaType()))
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Content-Type-Options", "nosniff");
        var isSvg = logo.mediaType().equals(Logo.SVG);
        return (isSvg ? answer.header("Content-Security-Policy", "default-src 'none'; sandbox") : answer).build();
    }

    @DELETE
    @Operation(operationId = "removeLogo", summary = "Removes the logo")
    public Uni<Void> remove(@RestPath String slug) {
        var tenant = access.tenant();
        return logos.remove(tenant.scope(), tenant.slug(), access.caller().actor())
                .invoke(existed -> {
                    if (!existed) {
                        throw ProblemException.notFound();
                    }
                })
                .replaceWithVoid();
    }
}
