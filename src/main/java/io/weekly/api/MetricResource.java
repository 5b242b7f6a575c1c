package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.upload.Rejections;
import io.weekly.api.upload.Upload;
import io.weekly.api.upload.Upload.Rejection;
import io.weekly.api.upload.Uploads;
import io.weekly.tenant.Metric;
import io.weekly.tenant.Metrics;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Uploads of the metrics of a tenant. */
@Path("/api/v1/tenants/{slug}/metrics")
@Tag(name = "Metrics")
@ForTenantAdmins
public class MetricResource {

    private final Metrics metrics;
    private final Uploads uploads;
    private final RequestAccess access;

    MetricResource(Metrics metrics, Uploads uploads, RequestAccess access) {
        this.metrics = metrics;
        this.uploads = uploads;
        this.access = access;
    }

    @POST
    @Consumes(Uploads.MEDIA_TYPE)
    @Operation(
            operationId = "uploadMetrics",
            summary = "Stores metrics, one JSON object in each line; of several with one metric, day and dimension the last counts",
            description = "Invalid lines are reported, and the other lines are stored. The upload is not one transaction: after a failure"
                    + " send all of it again.")
    @RequestBody(content = @Content(mediaType = Uploads.MEDIA_TYPE, schema = @Schema(implementation = Metric.class)))
    public Uni<Result> upload(@RestPath String slug, HttpServerRequest request) {
        var scope = access.tenant().scope();
        var actor = access.caller().actor();
        return uploads.read(request, Metric.class)
                .onItem()
                .transformToUniAndConcatenate(chunk -> metrics.upsertAll(scope, chunk.items(), actor)
                        .ifNoItem()
                        .after(Uploads.CHUNK_TIMEOUT)
                        .fail()
                        .replaceWith(chunk))
                .collect()
                .in(Sum::new, Sum::add)
                .map(Sum::result);
    }

    private static final class Sum {

        private final Rejections rejections = new Rejections();
        private long accepted;

        void add(Upload<Metric> chunk) {
            accepted += chunk.accepted().size();
            rejections.add(chunk.rejected());
        }

        Result result() {
            return new Result(accepted, rejections.listed(), rejections.count());
        }
    }

    /**
     * The result of an upload, in lines.
     *
     * @param rejected the first 10,000 rejected lines
     * @param rejectedCount the number of all rejected lines
     */
    @Schema(name = "MetricUpload")
    public record Result(long accepted, List<Rejection> rejected, long rejectedCount) {}
}
