package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ByteRange;
import io.weekly.api.http.ConditionalRequest;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Downloads;
import io.weekly.report.Report;
import io.weekly.report.Report.File;
import io.weekly.report.Reports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The files of a report. */
@Path("/api/v1/reports/{id}/files/{format}")
@Tag(name = "Reports")
@ForViewers
public class FileResource {

    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Reports reports;
    private final FileAnswers answers;
    private final Downloads downloads;
    private final RequestAccess access;

    FileResource(Reports reports, FileAnswers answers, Downloads downloads, RequestAccess access) {
        this.reports = reports;
        this.answers = answers;
        this.downloads = downloads;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "downloadFile",
            summary = "The bytes, or a single range of them; 410 once the file has expired",
            description = "The csv of a definition with several tables is a ZIP of them.")
    @APIResponse(
            responseCode = "200",
            description = "The whole file.",
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = XLSX, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "text/csv", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "application/zip", schema = @Schema(ref = "Bytes"))
            })
    @APIResponse(
            responseCode = "206",
            description = "The range.",
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = XLSX, schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "text/csv", schema = @Schema(ref = "Bytes")),
                @Content(mediaType = "application/zip", schema = @Schema(ref = "Bytes"))
            })
    @APIResponse(responseCode = "304", description = "The client has this file.")
    @APIResponse(responseCode = "410", description = "The file has expired.")
    public Uni<Response> read(
            @RestPath String id, @RestPath String format, @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange, Request request) {
        return reports.find(access.caller().scope(), id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .flatMap(report -> answer(report, file(report, format), ByteRange.of(range, ifRange), request));
    }

    /** The file of this format. Fails with a 404 if the report has none, and with a 410 if it has expired. */
    static File file(Report report, String format) {
        var file = report.files().stream()
                .filter(it -> it.format().equals(format))
                .findFirst()
                .orElseThrow(ProblemException::notFound);
        if (file.expired()) {
            throw ProblemException.gone("The file has expired.");
        }
        return file;
    }

    private Uni<Response> answer(Report report, File file, ByteRange range, Request request) {
        var tag = FileAnswers.tag(file);
        var conditional = ConditionalRequest.evaluate(request, tag);
        if (conditional.isPresent()) {
            return Uni.createFrom().item(conditional.get().tag(tag).build());
        }
        return answers.answer(report, file, range)
                .map(ResponseBuilder::build)
                .call(answer -> isHead(request) ? Uni.createFrom().voidItem() : record(report, file, answer));
    }

    private static boolean isHead(Request request) {
        return HttpMethod.HEAD.equals(request.getMethod());
    }

    /** Before the first byte is sent: without the event there is no file. */
    private Uni<Void> record(Report report, File file, Response answer) {
        var isWhole = answer.getStatus() == Response.Status.OK.getStatusCode();
        return downloads.record(report, file, isWhole, access.caller().actor());
    }
}
