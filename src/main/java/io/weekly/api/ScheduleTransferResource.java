package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.owner.ScheduleTransfers;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Hands all schedules of a person to another one. */
@Path("/api/v1/tenants/{slug}/schedule-transfers")
@Tag(name = "Schedules")
@ForTenantAdmins
public class ScheduleTransferResource {

    private final ScheduleTransfers transfers;
    private final Validation validation;
    private final IdempotentRequests idempotent;
    private final RequestAccess access;

    ScheduleTransferResource(ScheduleTransfers transfers, Validation validation, IdempotentRequests idempotent, RequestAccess access) {
        this.transfers = transfers;
        this.validation = validation;
        this.idempotent = idempotent;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "transferSchedules",
            summary = "Transfers all schedules of a person to another person",
            description = "Also those that are paused. Letters that wait for the first person go to the new owner. Upper and lower case"
                    + " make no difference. 422 if the first person owns no schedule, or if both addresses are the same.")
    @APIResponse(
            responseCode = "200",
            description = "Transferred",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TransferredSchedules.class)))
    public Uni<Response> transfer(@RestPath String slug, @Nullable ScheduleTransfer transfer) {
        var wanted = validation.require(requireBody(transfer));
        return idempotent.answer(wanted, () -> transferred(wanted)
                .map(ids -> Response.ok(TransferredSchedules.of(ids)).build()));
    }

    private Uni<List<String>> transferred(ScheduleTransfer wanted) {
        if (wanted.from().equalsIgnoreCase(wanted.to())) {
            throw ProblemException.invalid("to", "must differ from the address in from");
        }
        return transfers.transfer(access.tenant().scope(), wanted.from(), wanted.to(), access.caller().actor()).invoke(ids -> {
            if (ids.isEmpty()) {
                throw ProblemException.invalid("from", "owns no schedule of this tenant");
            }
        });
    }
}
