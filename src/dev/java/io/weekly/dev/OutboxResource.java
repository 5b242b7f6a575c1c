package io.weekly.dev;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The caught mails, without a token. {@code LocalhostFilter} refuses requests from other host names. */
@Path("/dev/outbox")
@PermitAll
public class OutboxResource {
    private final Outbox outbox;

    OutboxResource(@ConfigProperty(name = DevFolder.KEY) java.nio.file.Path folder) {
        this.outbox = new Outbox(new DevFolder(folder).outbox());
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Outbox.Mail> mails() {
        return outbox.mails();
    }

    @GET
    @Path("/{id}")
    @Produces("message/rfc822")
    public byte[] raw(@PathParam("id") String id) {
        return outbox.raw(id).orElseThrow(
                () -> DevProblem.of(Response.Status.NOT_FOUND, "/dev/outbox/" + id, "No caught mail has this id."));
    }
}
