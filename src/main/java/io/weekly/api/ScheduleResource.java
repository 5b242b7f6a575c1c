package io.weekly.api;

import static io.weekly.api.http.Invalids.body;
import static io.weekly.api.http.Invalids.named;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Gate;
import io.weekly.api.http.Created;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Invalids;
import io.weekly.api.http.Once;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.Refusal;
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

/** What a tenant's recipients get every week, and when. */
@Path("/api/v1/tenants/{slug}/schedules")
@Tag(name = "Schedules")
@ForTenantAdmins
public class ScheduleResource {

    private final Schedules schedules;
    private final KnownDefinitions definitions;
    private final Invalids invalids;
    private final Once once;
    private final Gate gate;

    ScheduleResource(Schedules schedules, KnownDefinitions definitions, Invalids invalids, Once once, Gate gate) {
        this.schedules = schedules;
        this.definitions = definitions;
        this.invalids = invalids;
        this.once = once;
        this.gate = gate;
    }

    @GET
    @Operation(operationId = "listSchedules", summary = "The schedules in the order in which they were made")
    public Uni<Page<Schedule>> list(@RestPath String slug, @BeanParam Paging paging) {
        return schedules.list(gate.tenant().scope(), paging.after(Filters.ID).orElse(null), paging.lookFor())
                .map(found -> Page.of(found, paging, Schedule::id));
    }

    @POST
    @Operation(operationId = "createSchedule", summary = "A new schedule, which fires at the next occurrence of its weekday and time in the tenant's zone")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Schedule.class)))
    public Uni<Response> create(@RestPath String slug, Schedule schedule, UriInfo uri) {
        var wanted = invalids.refuse(body(schedule));
        return once.answer(wanted, () -> schedules.create(gate.tenant().scope(), checked(wanted), gate.caller().actor())
                .map(created -> created.orElseThrow(Refusal::notFound))
                .map(created -> Created.at(uri, created.id(), created)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSchedule", summary = "One schedule")
    public Uni<Schedule> find(@RestPath String slug, @RestPath String id) {
        return schedules.find(gate.tenant().scope(), id).map(found -> found.orElseThrow(Refusal::notFound));
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "replaceSchedule", summary = "Replaces a schedule; paused, it does not fire and nextRunAt is null")
    public Uni<Schedule> update(@RestPath String slug, @RestPath String id, Schedule schedule) {
        var wanted = checked(invalids.refuse(schedule(id, body(schedule))));
        return schedules.update(gate.tenant().scope(), wanted, gate.caller().actor())
                .map(updated -> updated.orElseThrow(Refusal::notFound));
    }

    private static Schedule schedule(String id, Schedule body) {
        return body.withId(named("id", body.id(), id));
    }

    private Schedule checked(Schedule schedule) {
        definitions.require(schedule.definition(), schedule.formats());
        return schedule;
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endSchedule", summary = "Ends a schedule; runs that it has started go on")
    public Uni<Void> end(@RestPath String slug, @RestPath String id) {
        return schedules.end(gate.tenant().scope(), id, gate.caller().actor()).invoke(known -> {
            if (!known) {
                throw Refusal.notFound();
            }
        }).replaceWithVoid();
    }
}
