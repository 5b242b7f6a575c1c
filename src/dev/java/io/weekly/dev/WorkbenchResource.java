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
import org.jspecify.annotations.Nullable;

/** The workbench shows the report of a definition for a recipient and a week, and shows it again when a file is saved. */
@Path("/dev/workbench")
@PermitAll
public class WorkbenchResource {
    private static final String SELF = "/dev/workbench";
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(20);

    /** Like the PDF, a preview fetches nothing that the data name. The logo and the images of a mail are {@code data:} addresses. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

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

    /** A definition that was loaded again or removed. An empty name is a heartbeat, which keeps the connection open. */
    record Changed(String definition, long savedAt, boolean gone) {}

    @GET
    @Path("/changes")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Changed> changes() {
        var heartbeats = Multi.createFrom().ticks().every(HEARTBEAT_INTERVAL).onOverflow().drop().map(_ -> new Changed("", 0, false));
        var changes = watch.changes()
                .map(change -> new Changed(change.name(), change.saved().toEpochMilli(), change.definition() == null));
        return Multi.createBy().merging().streams(heartbeats, changes);
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
    @ResponseHeader(name = "Content-Security-Policy", value = CONTENT_SECURITY_POLICY)
    public String html(@RestPath String id) {
        return WorkbenchPage.asSheet(part(id, Preview::page));
    }

    @GET
    @Path("/previews/{id}/mail.html")
    @Produces("text/html;charset=UTF-8")
    @ResponseHeader(name = "Content-Security-Policy", value = CONTENT_SECURITY_POLICY)
    public String mail(@RestPath String id) {
        return part(id, Preview::mailHtml);
    }

    /** Renders the PDF at the first call. Returns the time and the number of pages, or why there is no PDF. */
    @GET
    @Path("/previews/{id}/pdf")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Preview.RenderedPdf> rendered(@RestPath String id) {
        return part(id, Preview::rendered);
    }

    @GET
    @Path("/previews/{id}/report.pdf")
    @Produces("application/pdf")
    public Uni<byte[]> pdf(@RestPath String id) {
        return part(id, Preview::rendered).map(Preview.RenderedPdf::pdf);
    }

    @GET
    @Path("/previews/{id}/pages/{number}.png")
    @Produces("image/png")
    public Uni<byte[]> page(@RestPath String id, @RestPath int number) {
        return part(id, Preview::rendered).flatMap(rendered -> {
            if (number < 1 || number > rendered.pages()) {
                throw gone();
            }
            return report.draw(rendered.pdf(), number);
        });
    }

    private <T> T part(String id, Function<Preview, @Nullable T> part) {
        // The preview of a failed report has null in place of the part.
        return previews.find(id).map(part).orElseThrow(WorkbenchResource::gone);
    }

    private static RuntimeException gone() {
        return DevProblem.of(Status.NOT_FOUND, SELF, "There is no such preview, or it has no such part. Make a new preview.");
    }
}
