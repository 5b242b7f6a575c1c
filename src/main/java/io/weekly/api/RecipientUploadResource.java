package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.upload.Rejections;
import io.weekly.api.upload.Upload;
import io.weekly.api.upload.Upload.Accepted;
import io.weekly.api.upload.Upload.Rejection;
import io.weekly.api.upload.Uploads;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.RecipientChanges;
import io.weekly.tenant.RecipientChanges.Upserted;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Uploads of many recipients, such as a nightly export of the platform. */
@Path("/api/v1/tenants/{slug}/recipients")
@Tag(name = "Recipients")
@ForTenantAdmins
public class RecipientUploadResource {

    private final RecipientChanges recipients;
    private final Uploads uploads;
    private final RequestAccess access;
    private final Clock clock;

    RecipientUploadResource(RecipientChanges recipients, Uploads uploads, RequestAccess access, Clock clock) {
        this.recipients = recipients;
        this.uploads = uploads;
        this.access = access;
        this.clock = clock;
    }

    @PUT
    @Consumes(Uploads.MEDIA_TYPE)
    @Operation(
            operationId = "uploadRecipients",
            summary = "Stores recipients, one JSON object in each line; if several have the same userId, the last line counts",
            description = "Invalid lines are reported, and the other lines are stored. The upload is not one transaction: after a failure"
                    + " send all of it again. Recipients that are not in the upload stay unchanged.")
    @RequestBody(content = @Content(mediaType = Uploads.MEDIA_TYPE, schema = @Schema(implementation = Recipient.class)))
    public Uni<Result> upload(@RestPath String slug, HttpServerRequest request) {
        var scope = access.tenant().scope();
        var actor = access.caller().actor();
        var began = clock.instant();
        return uploads.read(request, Recipient.class)
                .onItem()
                .transformToUniAndConcatenate(chunk -> recipients.upsertAll(scope, began, chunk.items(), actor)
                        .ifNoItem()
                        .after(Uploads.CHUNK_TIMEOUT)
                        .fail()
                        .map(stored -> new Part(stored, chunk)))
                .collect()
                .in(Sum::new, Sum::add)
                .map(Sum::result);
    }

    private record Part(Upserted stored, Upload<Recipient> chunk) {

        /** The lines that replaced an earlier line. */
        List<Long> repeated() {
            var seen = new HashSet<>(stored.repeated());
            return chunk.accepted().stream()
                    .filter(accepted -> !seen.add(accepted.item().userId()))
                    .map(Accepted::line)
                    .toList();
        }

        List<LineWarning> warnings() {
            return chunk.accepted().stream()
                    .flatMap(accepted -> accepted.item().warnings().stream()
                            .map(warning -> new LineWarning(accepted.line(), warning.code(), warning.message())))
                    .toList();
        }
    }

    /**
     * A line that was stored, although reports cannot show all of it.
     *
     * @param line its number from 1, blank lines included
     */
    public record LineWarning(long line, String code, String message) {}

    private static final class Sum {

        private static final int MAX_LISTED = 1000;

        private final Rejections rejections = new Rejections();
        private final List<Long> repeated = new ArrayList<>();
        private final List<LineWarning> warnings = new ArrayList<>();
        private long warningCount;
        private long repeatedCount;
        private long created;
        private long updated;

        void add(Part part) {
            created += part.stored().created();
            updated += part.stored().updated();
            rejections.add(part.chunk().rejected());
            var again = part.repeated();
            repeatedCount += again.size();
            repeated.addAll(again.subList(0, Math.min(again.size(), MAX_LISTED - repeated.size())));
            var warned = part.warnings();
            warningCount += warned.size();
            warnings.addAll(warned.subList(0, Math.min(warned.size(), MAX_LISTED - warnings.size())));
        }

        Result result() {
            return new Result(created, updated, rejections.listed(), rejections.count(), repeated, repeatedCount, warnings, warningCount);
        }
    }

    /**
     * The result of an upload. {@code created}, {@code updated} and {@code rejectedCount} add up to the lines that are not blank.
     *
     * @param updated including the repeated lines
     * @param rejected the first 10,000 rejected lines
     * @param rejectedCount the number of all rejected lines
     * @param repeated the first 1,000 lines that replaced an earlier line with the same userId
     * @param repeatedCount the number of all repeated lines
     * @param warnings the first 1,000 warnings on lines that were stored
     * @param warningCount the number of all warnings
     */
    @Schema(name = "RecipientUpload")
    public record Result(
            long created, long updated, List<Rejection> rejected, long rejectedCount, List<Long> repeated, long repeatedCount,
            List<LineWarning> warnings, long warningCount) {}
}
