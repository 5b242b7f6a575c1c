package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.access.Role;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.Refusal;
import io.weekly.api.http.StatusPolling;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditTrail;
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

/** Reports, as far as the caller sees them. */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@ForViewers
public class ReportResource {

    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ONE_TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private final Reports reports;
    private final AuditTrail trail;
    private final StatusPolling progress;
    private final RequestAccess gate;

    ReportResource(Reports reports, AuditTrail trail, StatusPolling progress, RequestAccess gate) {
        this.reports = reports;
        this.trail = trail;
        this.progress = progress;
        this.gate = gate;
    }

    @GET
    @Operation(operationId = "listReports", summary = "The newest reports first")
    public Uni<Page<Report>> list(@BeanParam Query query, @BeanParam Paging paging) {
        var before = paging.after(Filters.ID).orElse(null);
        return reports.list(gate.caller().scope(), query.filter(), paging.lookFor(), before)
                .map(found -> Page.of(found, paging, Report::id));
    }

    /** What the list is narrowed to. */
    static class Query {
        @QueryParam("tenant") String tenant;
        @QueryParam("recipient") String recipient;
        @QueryParam("definition") String definition;
        @QueryParam("period") String period;
        @QueryParam("status") String status;
        @QueryParam("run") String run;

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
    @Operation(operationId = "getReport", summary = "Where a report stands; Retry-After until it is done, 304 where the client knows")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String id, @HeaderParam("If-None-Match") String known, Request request) {
        var mark = mark(known);
        return mark.isEmpty()
                ? read(id, request)
                : reports.isUnchanged(gate.caller().scope(), id, mark.get()).flatMap(still -> still
                        ? Uni.createFrom().item(progress.still(new EntityTag(mark.get().text()), mark.get().isDone()))
                        : read(id, request));
    }

    /** What somebody who polls sends: the one tag that it was given. */
    private static Optional<ReportETag> mark(String known) {
        var tag = ONE_TAG.matcher(known == null ? "" : known);
        return tag.matches() ? ReportETag.parse(tag.group(1)) : Optional.empty();
    }

    private Uni<Response> read(String id, Request request) {
        return reports.findTagged(gate.caller().scope(), id)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .map(found -> found.etag()
                        .map(etag -> progress.now(found.report(), new EntityTag(etag.text()), found.report().done(), request))
                        .orElseGet(() -> progress.now(found.report(), found.report().done(), request)));
    }

    @GET
    @Path("/{id}/events")
    @Operation(operationId = "listReportEvents", summary = "What happened to a report and its run, oldest first")
    public Uni<Page<Event>> events(@RestPath String id, @BeanParam Paging paging) {
        var after = Long.parseLong(paging.after(PLACE).orElse("0"));
        return visible(id)
                .flatMap(report -> trail.of(
                        report.tenantId(), report.id(), report.run() == null ? report.id() : report.run(), after, paging.lookFor()))
                .map(events -> Page.of(events, paging, event -> Long.toString(event.place())))
                .map(page -> new Page<>(page.items().stream().map(placed -> visible(placed.event(), id)).toList(), page.next()));
    }

    /** Of its run a viewer learns what happened, and nothing of others: whose reports else, or who looks at the canaries. */
    private Event visible(AuditEvent event, String reportId) {
        var ofOthersToo = gate.caller().role() == Role.VIEWER && !event.subject().equals(reportId);
        return new Event(event.at(), event.actor(), event.action(), event.subject(), ofOthersToo ? Map.of() : event.detail());
    }

    private Uni<Report> visible(String id) {
        return reports.find(gate.caller().scope(), id).map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** An audit event as the report's readers see it. */
    public record Event(Instant at, String actor, String action, String subject, Map<String, Object> detail) {}
}
