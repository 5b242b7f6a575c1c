package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.access.link.Link;
import io.weekly.access.link.Links;
import io.weekly.access.link.ReportLinks;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.report.Report;
import io.weekly.report.Reports;
import io.weekly.tenant.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** The links to the files of a report. */
@Path("/api/v1/reports/{id}/links")
@Tag(name = "Links")
@ForViewers
public class LinkResource {

    private final Reports reports;
    private final Links links;
    private final ReportLinks ofReport;
    private final LinkAnswers answers;
    private final Validation validation;
    private final RequestAccess access;

    LinkResource(
            Reports reports, Links links, ReportLinks ofReport, LinkAnswers answers, Validation validation, RequestAccess access) {
        this.reports = reports;
        this.links = links;
        this.ofReport = ofReport;
        this.answers = answers;
        this.validation = validation;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "createLink",
            summary = "Makes a link that opens a file without a sign-in; 410 if the file has expired",
            description = "Whoever has the address can open the file until the link expires or is revoked. 409 if the service has no key "
                    + "to sign it with, or if the recipient or the tenant has ended, or the recipient is not active.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CreatedLink.class)))
    @APIResponse(responseCode = "410", description = "The file has expired.")
    public Uni<Response> create(@RestPath String id, @Nullable LinkRequest body, UriInfo uri) {
        var wanted = validation.require(requireBody(body));
        return visible(id).flatMap(report -> answers.answer(report, wanted, () -> links
                .make(LinkAnswers.order(report, wanted, access.caller().actor()))
                .map(LinkAnswers::made)
                .map(made -> CreatedResponse.at(uri, made.id(), made))));
    }

    @GET
    @Operation(operationId = "listLinks", summary = "The links to the files of a report in the order of creation, without their addresses")
    public Uni<Page<Link>> list(@RestPath String id, @BeanParam Paging paging) {
        var after = paging.after(Filters.ID).orElse(null);
        return visible(id)
                .flatMap(report -> ofReport.list(tenant(report), report.id(), paging.fetchLimit(), after))
                .map(found -> Page.of(found, paging, Link::id));
    }

    @GET
    @Path("/{linkId}")
    @Operation(operationId = "getLink", summary = "One link, without its address")
    public Uni<Link> find(@RestPath String id, @RestPath String linkId) {
        return visible(id)
                .flatMap(report -> ofReport.find(tenant(report), report.id(), linkId))
                .map(found -> found.orElseThrow(ProblemException::notFound));
    }

    @DELETE
    @Path("/{linkId}")
    @Operation(operationId = "revokeLink", summary = "Revokes a link: from now on it opens nothing")
    public Uni<Void> revoke(@RestPath String id, @RestPath String linkId) {
        return visible(id)
                .flatMap(report -> links.revoke(tenant(report), report.id(), linkId, access.caller().actor()))
                .invoke(existed -> {
                    if (!existed) {
                        throw ProblemException.notFound();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Report> visible(String id) {
        return reports.find(access.caller().scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    private static Scope.OfTenant tenant(Report report) {
        return new Scope.OfTenant(report.tenantId());
    }
}
