package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ConditionalRequest;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Problem;
import io.weekly.api.http.ProblemException;
import io.weekly.tenant.logo.Logo;
import io.weekly.tenant.logo.LogoCheck;
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
import jakarta.ws.rs.core.Response.ResponseBuilder;
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
    private final LogoCheck check;
    private final RequestAccess access;

    LogoResource(Logos logos, LogoCheck check, RequestAccess access) {
        this.logos = logos;
        this.check = check;
        this.access = access;
    }

    @PUT
    @Consumes({Logo.PNG, Logo.JPEG, Logo.SVG})
    @Operation(
            operationId = "putLogo",
            summary = "Stores a logo of at most 200 KB: 201 if there was none, else 204, or 200 with a warning",
            description = "The bytes must match Content-Type. The service decodes or draws the logo as reports do; if that fails, a 422"
                    + " gives the reason. An image has at most 2,000,000 pixels, and at most 4096 a side. An SVG must not contain code, or"
                    + " refer to anything outside of it; a 422 names the forbidden element or attribute. A 201 or 200 warns if mails leave"
                    + " the logo out.")
    @RequestBody(content = {
        @Content(mediaType = Logo.PNG, schema = @Schema(ref = "Bytes")),
        @Content(mediaType = Logo.JPEG, schema = @Schema(ref = "Bytes")),
        @Content(mediaType = Logo.SVG, schema = @Schema(ref = "Bytes"))
    })
    @APIResponse(
            responseCode = "201",
            description = "Stored.",
            headers = @Header(name = "ETag", ref = "ETag"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StoredLogo.class)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced, with a warning.",
            headers = @Header(name = "ETag", ref = "ETag"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StoredLogo.class)))
    @APIResponse(responseCode = "204", description = "Replaced.", headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "503",
            description = "Many logos are being checked.",
            headers = @Header(name = "Retry-After", ref = "Retry-After"),
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public Uni<Response> put(@RestPath String slug, byte @Nullable [] body, HttpHeaders headers, UriInfo uri) {
        var tenant = access.tenant();
        var actor = access.caller().actor();
        if (body != null && body.length > Logo.MAX_BYTES) {
            throw ProblemException.tooLarge("A logo has at most %d bytes.".formatted(Logo.MAX_BYTES));
        }
        var logo = Logo.of(mediaType(headers.getMediaType()), body == null ? new byte[0] : body);
        return check.check(logo)
                .onFailure(LogoCheck.Busy.class)
                .transform(_ -> ProblemException.busy("Many logos are being checked. Try again in a few seconds.", 5))
                .invoke(found -> found.fault().ifPresent(reason -> {
                    throw ProblemException.invalid("logo", reason);
                }))
                .flatMap(found -> logos.put(tenant.scope(), tenant.slug(), logo, actor)
                        .map(isNew -> stored(isNew, StoredLogo.of(logo, found.missing()), uri)))
                .map(answer -> answer.tag(new EntityTag(logo.sha256())).build());
    }

    private static ResponseBuilder stored(boolean isNew, StoredLogo logo, UriInfo uri) {
        if (!isNew && logo.warnings().isEmpty()) {
            return Response.noContent();
        }
        var answer = isNew ? CreatedResponse.at(uri.getAbsolutePath()) : Response.ok();
        return answer.entity(logo).type(MediaType.APPLICATION_JSON);
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

    /** The logo was checked when it was stored. The header additionally protects a browser that opens an SVG directly. */
    private static Response answer(Logo logo, Request request) {
        var tag = new EntityTag(logo.sha256());
        var answer = ConditionalRequest.evaluate(request, tag)
                .orElseGet(() -> Response.ok(logo.bytes(), logo.mediaType()))
                .tag(tag);
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
