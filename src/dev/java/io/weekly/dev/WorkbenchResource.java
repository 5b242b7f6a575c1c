package io.weekly.dev;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.report.Period;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The workbench: a definition's report for somebody and some week, beside the author's editor, changed as soon as a file is saved. */
@Path("/dev/workbench")
@PermitAll
public class WorkbenchResource {
    private static final String SELF = "/dev/workbench";
    private static final Duration PULSE = Duration.ofSeconds(20);

    /** As the PDF: what the data name is not fetched. The tenant's logo and a mail's images are data: here, the fonts the browser's own. */
    private static final String NOTHING_FROM_OUTSIDE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private final WorkbenchChoices choices;
    private final WorkbenchReport report;
    private final Previews previews;
    private final DefinitionWatch watch;

    WorkbenchResource(WorkbenchChoices choices, WorkbenchReport report, Previews previews, DefinitionWatch watch) {
        this.choices = choices;
        this.report = report;
        this.previews = previews;
        this.watch = watch;
    }

    @GET
    @Produces("text/html;charset=UTF-8")
    public String page() {
        return WorkbenchPage.HTML;
    }

    @GET
    @Path("/workbench.css")
    @Produces("text/css")
    public String style() {
        return WorkbenchPage.STYLE;
    }

    @GET
    @Path("/workbench.js")
    @Produces("text/javascript;charset=UTF-8")
    public String script() {
        return WorkbenchScript.JS;
    }

    @GET
    @Path("/choices")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<WorkbenchChoices.Choices> choices() {
        return choices.all();
    }

    /** A definition that was taken again, or whose folder is gone; the pulse keeps the connection and says nothing. */
    record Changed(String definition, long savedAt, boolean gone) {}

    @GET
    @Path("/changes")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Changed> changes() {
        var pulse = Multi.createFrom().ticks().every(PULSE).onOverflow().drop().map(tick -> new Changed("", 0, false));
        var changes = watch.changes()
                .map(change -> new Changed(change.name(), change.saved().toEpochMilli(), change.definition() == null));
        return Multi.createBy().merging().streams(pulse, changes);
    }

    /** Reads the datasets and composes page and mail. */
    @POST
    @Path("/previews")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Preview> preview(
            @RestQuery Optional<String> definition, @RestQuery Optional<String> tenant, @RestQuery Optional<String> recipient,
            @RestQuery Optional<String> period) {
        var name = definition.orElse("");
        return report.subject(name, tenant.orElse(""), recipient.orElse(""), week(period.orElse("")))
                .flatMap(subject -> subject
                        .flatMap(found -> previews.make(name, found))
                        .orElseThrow(() -> DevProblem.of(Status.NOT_FOUND, SELF, "There is no such definition, tenant or recipient.")));
    }

    private static Period week(String text) {
        try {
            return Period.parse(text);
        } catch (IllegalArgumentException e) {
            throw DevProblem.of(Status.BAD_REQUEST, SELF, "period: " + e.getMessage());
        }
    }

    @GET
    @Path("/previews/{id}/report.html")
    @Produces("text/html;charset=UTF-8")
    @ResponseHeader(name = "Content-Security-Policy", value = NOTHING_FROM_OUTSIDE)
    public String html(@RestPath String id) {
        return WorkbenchPage.asSheet(part(id, Preview::page));
    }

    @GET
    @Path("/previews/{id}/mail.html")
    @Produces("text/html;charset=UTF-8")
    @ResponseHeader(name = "Content-Security-Policy", value = NOTHING_FROM_OUTSIDE)
    public String mail(@RestPath String id) {
        return part(id, Preview::mailHtml);
    }

    /** Renders the PDF, the first time; tells how long that took and how many pages it has, or why there is none. */
    @GET
    @Path("/previews/{id}/pdf")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Preview.Drawn> drawn(@RestPath String id) {
        return part(id, Preview::drawn);
    }

    @GET
    @Path("/previews/{id}/report.pdf")
    @Produces("application/pdf")
    public Uni<byte[]> pdf(@RestPath String id) {
        return part(id, Preview::drawn).map(Preview.Drawn::pdf);
    }

    @GET
    @Path("/previews/{id}/pages/{number}.png")
    @Produces("image/png")
    public Uni<byte[]> page(@RestPath String id, @RestPath int number) {
        return part(id, Preview::drawn).flatMap(drawn -> {
            if (number < 1 || number > drawn.pages()) {
                throw gone();
            }
            return report.draw(drawn.pdf(), number);
        });
    }

    private <T> T part(String id, Function<Preview, T> part) {
        // A Preview of something that failed has no such part.
        return previews.find(id).map(part).orElseThrow(WorkbenchResource::gone);
    }

    private static RuntimeException gone() {
        return DevProblem.of(Status.NOT_FOUND, SELF, "This preview is not kept, or has no such part: make another.");
    }
}
