package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.ClientAddress;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestLimits;
import io.weekly.access.link.Links;
import io.weekly.access.link.OpenedLinks;
import io.weekly.access.link.OpenedLinks.Opened;
import io.weekly.api.http.ByteRange;
import io.weekly.api.http.ForEveryone;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Refusals;
import io.weekly.api.page.ErrorPages;
import io.weekly.report.Report;
import io.weekly.report.Report.File;
import io.weekly.report.Reports;
import io.weekly.tenant.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What a link leads to. The token in the path is the only proof that the caller may have the file. */
@Path("/d/{token}")
@Tag(name = "Links")
@ForEveryone
public class LinkedFileResource {

    private final OpenedLinks opened;
    private final Links links;
    private final Reports reports;
    private final FileAnswers answers;
    private final RequestLimits limits;
    private final Refusals refusals;
    private final ErrorPages errors;

    LinkedFileResource(
            OpenedLinks opened, Links links, Reports reports, FileAnswers answers, RequestLimits limits, Refusals refusals,
            ErrorPages errors) {
        this.errors = errors;
        this.opened = opened;
        this.links = links;
        this.reports = reports;
        this.answers = answers;
        this.limits = limits;
        this.refusals = refusals;
    }

    @GET
    @Operation(
            operationId = "openLink",
            summary = "The file of a link; 410 if the link has expired or was revoked",
            description = "Needs no token of the platform. A link can be opened any number of times. Each use is an audit event. A client"
                    + " that prefers text/html gets a page instead of a problem.")
    @APIResponse(
            responseCode = "200",
            description = "The whole file.",
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = FileResource.XLSX, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "text/csv", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "application/zip", schema = @Schema(ref = "Bytes"))
            })
    @APIResponse(
            responseCode = "206",
            description = "The range.",
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = FileResource.XLSX, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "text/csv", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "application/zip", schema = @Schema(ref = "Bytes"))
            })
    @APIResponse(responseCode = "410", description = "The link does not work any more.")
    @APIResponse(responseCode = "429", ref = "429")
    public Uni<Response> open(
            @RestPath String token,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @Context HttpServerRequest request,
            @Context HttpHeaders headers) {
        return opened.find(token)
                .flatMap(found -> switch (found) {
                    case Opened.Works link -> open(link, ByteRange.of(range, ifRange));
                    case Opened.Gone _ -> throw gone();
                    case Opened.Unknown _ -> throw unknown(ClientAddress.of(request));
                    case Opened.TooOften often -> throw ProblemException.tooMany("This link has been opened too often.", often.pause());
                })
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> errors.instead((ProblemException) failure, headers));
    }

    private Uni<Response> open(Opened.Works link, ByteRange range) {
        return reports.find(new Scope.OfTenant(link.tenantId()), link.reportId())
                .map(found -> found.orElseThrow(LinkedFileResource::gone))
                .flatMap(report -> answers.answer(report, file(report, link.format()), range))
                .call(_ -> recordUse(link))
                .map(ResponseBuilder::build);
    }

    /** The link belongs to a file that existed, so without the file it is gone. */
    private static File file(Report report, String format) {
        return report.files().stream()
                .filter(file -> file.format().equals(format) && !file.expired())
                .findFirst()
                .orElseThrow(LinkedFileResource::gone);
    }

    private Uni<Void> recordUse(Opened.Works link) {
        return links.use(link)
                .invoke(stillWorks -> {
                    if (!stillWorks) {
                        throw gone();
                    }
                })
                .replaceWithVoid();
    }

    /** Only links that do not exist count. A link that has expired is genuine: its reader has guessed nothing. */
    private ProblemException unknown(ClientAddress client) {
        return limits.failure(client)
                .map(wait -> ProblemException.tooMany("Too many links from this address do not exist.", wait))
                .orElseGet(() -> {
                    refusals.record(Reason.INVALID_LINK);
                    return ProblemException.notFound();
                });
    }

    private static ProblemException gone() {
        return ProblemException.gone("This link does not work any more.");
    }
}
