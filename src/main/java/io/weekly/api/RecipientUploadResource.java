package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.Gate;
import io.weekly.api.Upload.Rejection;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Recipients.Upserted;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Many recipients at once, as a platform's nightly export brings them. */
@Path("/api/v1/tenants/{slug}/recipients")
@Tag(name = "Recipients")
@ForTenantAdmins
public class RecipientUploadResource {

    private final Recipients recipients;
    private final Uploads uploads;
    private final Gate gate;

    RecipientUploadResource(Recipients recipients, Uploads uploads, Gate gate) {
        this.recipients = recipients;
        this.uploads = uploads;
        this.gate = gate;
    }

    @PUT
    @Consumes(Uploads.MEDIA_TYPE)
    @Operation(
            operationId = "uploadRecipients",
            summary = "Stores recipients, one JSON object a line; of several with one userId the last line counts",
            description = "Lines that cannot be stored are named and the others are stored. Not one transaction: after a failure send"
                    + " all of it again. A recipient that is not in it stays as it is.")
    @RequestBody(content = @Content(mediaType = Uploads.MEDIA_TYPE, schema = @Schema(implementation = Recipient.class)))
    public Uni<Result> upload(@RestPath String slug, HttpServerRequest request) {
        var scope = gate.tenant().scope();
        var actor = gate.caller().actor();
        return uploads.read(request, Recipient.class)
                .onItem()
                .transformToUniAndConcatenate(chunk -> recipients.upsertAll(scope, chunk.items(), actor)
                        .map(stored -> new Part(stored, chunk.rejected())))
                .collect()
                .in(Sum::new, Sum::add)
                .map(Sum::result);
    }

    private record Part(Upserted stored, List<Rejection> rejected) {}

    private static final class Sum {

        private final Rejections rejections = new Rejections();
        private long created;
        private long updated;

        void add(Part part) {
            created += part.stored().created();
            updated += part.stored().updated();
            rejections.add(part.rejected());
        }

        Result result() {
            return new Result(created, updated, rejections.told(), rejections.count());
        }
    }

    /**
     * @param rejected the first 10,000 of them
     * @param rejectedCount all of them
     */
    @Schema(name = "RecipientUpload")
    public record Result(long created, long updated, List<Rejection> rejected, long rejectedCount) {}
}
