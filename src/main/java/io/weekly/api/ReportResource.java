package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.access.Role;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.StatusPolling;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditTrail;
import io.weekly.audit.Origin;
import io.weekly.report.Report;
import io.weekly.report.ReportETag;
import io.weekly.report.ReportFilter;
import io.weekly.report.ReportStatus;
import io.weekly.report.Reports;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The reports that the caller may see. */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@ForViewers
public class ReportResource {

    private static final Pattern EVENT_NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ONE_TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private final Reports reports;
    private final AuditTrail trail;
    private final StatusPolling polling;
    private final RequestAccess access;

    ReportResource(Reports reports, AuditTrail trail, StatusPolling polling, RequestAccess access) {
        this.reports = reports;
        this.trail = trail;
        this.polling = polling;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listReports", summary = "The newest reports first")
    public Uni<Page<Report>> list(@BeanParam Query query, @BeanParam Paging paging) {
        var before = paging.after(Filters.ID).orElse(null);
        return reports.list(access.caller().scope(), query.filter(), paging.fetchLimit(), before)
                .map(found -> Page.of(found, paging, Report::id));
    }

    /** The filters of the list. */
    static class Query {
        @QueryParam("tenant") @Nullable String tenant;
        @QueryParam("recipient") @Nullable String recipient;
        @QueryParam("definition") @Nullable String definition;
        @QueryParam("period") @Nullable String period;
        @QueryParam("status") @Nullable String status;
        @QueryParam("run") @Nullable String run;

        ReportFilter filter() {
            return new ReportFilter(
                    Filters.text(tenant),
                    Filters.text(recipient),
                    Filters.text(definition),
                    Filters.period("period", period),
                    Filters.word("status", status, ReportStatus::of),
                    Filters.id("run", run));
        }
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getReport", summary = "The state of a report; Retry-After until it is done, 304 if it has not changed")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String id, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch, Request request) {
        var etag = etag(ifNoneMatch);
        return etag.isEmpty()
                ? read(id, request)
                : reports.isUnchanged(access.caller().scope(), id, etag.get()).flatMap(still -> still
                        ? Uni.createFrom().item(polling.notModified(new EntityTag(etag.get().text()), etag.get().isDone()))
                        : read(id, request));
    }

    /** The ETag of a report in the header; empty if the header has not exactly one ETag, or one of another form. */
    private static Optional<ReportETag> etag(@Nullable String ifNoneMatch) {
        var tag = ONE_TAG.matcher(ifNoneMatch == null ? "" : ifNoneMatch);
        return tag.matches() ? ReportETag.parse(tag.group(1)) : Optional.empty();
    }

    private Uni<Response> read(String id, Request request) {
        return reports.findTagged(access.caller().scope(), id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(found -> found.etag()
                        .map(etag -> polling.current(found.report(), new EntityTag(etag.text()), found.report().done(), request))
                        .orElseGet(() -> polling.current(found.report(), found.report().done(), request)));
    }

    @GET
    @Path("/{id}/events")
    @Operation(operationId = "listReportEvents", summary = "The events of a report and its run, oldest first")
    public Uni<Page<Event>> events(@RestPath String id, @BeanParam Paging paging) {
        var after = Long.parseLong(paging.after(EVENT_NUMBER).orElse("0"));
        return visible(id)
                .flatMap(report -> trail.of(
                        report.tenantId(), report.id(), report.run() == null ? report.id() : report.run(), after, paging.fetchLimit()))
                .map(events -> Page.of(events, paging, event -> Long.toString(event.number())))
                .map(page -> new Page<>(page.items().stream().map(numbered -> visible(numbered.event(), id)).toList(), page.next()));
    }

    /**
     * A viewer gets the events of the run without their details, because the details are also about other recipients. It learns where an
     * event came from only if it is its own: the addresses of admins are none of its business.
     */
    private Event visible(AuditEvent event, String reportId) {
        var caller = access.caller();
        var isViewer = caller.role() == Role.VIEWER;
        var detail = isViewer && !event.subject().equals(reportId) ? Map.<String, Object>of() : event.detail();
        return Event.of(event, detail, isViewer && !event.actor().equals(caller.actor()) ? Origin.NONE : event.source());
    }

    private Uni<Report> visible(String id) {
        return reports.find(access.caller().scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    /** An event of a report as the API returns it. */
    public record Event(
            Instant at, String actor, String action, String subject, Map<String, Object> detail, @Nullable String client,
            @Nullable String requestId) {

        static Event of(AuditEvent event, Map<String, Object> detail, Origin origin) {
            return new Event(
                    event.at(), event.actor(), event.action(), event.subject(), detail, origin.client(), origin.requestId());
        }
    }
}
