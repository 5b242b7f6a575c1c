package io.weekly.api;

import static io.weekly.api.http.Validation.nameInPath;
import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.access.link.Links;
import io.weekly.api.http.CreatedResponse;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.report.DeliveryMode;
import io.weekly.schedule.Schedule;
import io.weekly.schedule.Schedules;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** The schedules of a tenant. */
@Path("/api/v1/tenants/{slug}/schedules")
@Tag(name = "Schedules")
@ForTenantAdmins
public class ScheduleResource {

    private final Schedules schedules;
    private final RequestedDefinition definitions;
    private final Links links;
    private final Validation validation;
    private final IdempotentRequests idempotent;
    private final RequestAccess access;

    ScheduleResource(
            Schedules schedules, RequestedDefinition definitions, Links links, Validation validation, IdempotentRequests idempotent,
            RequestAccess access) {
        this.schedules = schedules;
        this.definitions = definitions;
        this.links = links;
        this.validation = validation;
        this.idempotent = idempotent;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listSchedules", summary = "The schedules in the order of creation")
    public Uni<Page<Schedule>> list(@RestPath String slug, @BeanParam Paging paging) {
        return schedules.list(access.tenant().scope(), paging.after(Filters.ID).orElse(null), paging.fetchLimit())
                .map(found -> Page.of(found, paging, Schedule::id));
    }

    @POST
    @Operation(
            operationId = "createSchedule",
            summary = "A new schedule, which fires at the next occurrence of its weekday and time in the tenant's zone")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Schedule.class)))
    public Uni<Response> create(@RestPath String slug, @Nullable Schedule schedule, UriInfo uri) {
        var wanted = validation.require(requireBody(schedule));
        return idempotent.answer(wanted, () -> schedules.create(access.tenant().scope(), checked(wanted), access.caller().actor())
                .map(created -> created.orElseThrow(ProblemException::notFound))
                .map(created -> CreatedResponse.at(uri, created.id(), created)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSchedule", summary = "One schedule")
    public Uni<Schedule> find(@RestPath String slug, @RestPath String id) {
        return schedules.find(access.tenant().scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "replaceSchedule", summary = "Replaces a schedule; a paused schedule does not fire, and its nextRunAt is null")
    public Uni<Schedule> update(@RestPath String slug, @RestPath String id, @Nullable Schedule schedule) {
        var wanted = checked(validation.require(schedule(id, requireBody(schedule))));
        return schedules.update(access.tenant().scope(), wanted, access.caller().actor())
                .map(updated -> updated.orElseThrow(ProblemException::notFound));
    }

    private static Schedule schedule(String id, Schedule body) {
        return body.withId(nameInPath("id", body.id(), id));
    }

    private Schedule checked(Schedule schedule) {
        definitions.require(schedule.definition(), schedule.formats());
        if (schedule.delivery().equals(DeliveryMode.LINK.text())) {
            checkLink(schedule);
        }
        return schedule;
    }

    private void checkLink(Schedule schedule) {
        if (!links.canBeMailed()) {
            throw ProblemException.invalid("delivery", "link needs the settings weekly.public-url and weekly.keys.current of the service");
        }
        if (schedule.formats().size() > 1) {
            throw ProblemException.invalid("formats", "must be one format: a mail has a link to one file");
        }
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endSchedule", summary = "Ends a schedule; runs that it has started continue")
    public Uni<Void> end(@RestPath String slug, @RestPath String id) {
        return schedules.end(access.tenant().scope(), id, access.caller().actor()).invoke(existed -> {
            if (!existed) {
                throw ProblemException.notFound();
            }
        }).replaceWithVoid();
    }
}
