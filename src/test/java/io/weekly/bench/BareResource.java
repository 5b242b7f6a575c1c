package io.weekly.bench;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The minimum cost of reading one row with Quarkus: no token, no scope, no ETag. */
@Path("/bench/rows/{id}")
@IfBuildProperty(name = "weekly.bench", stringValue = "true")
public class BareResource {

    private static final String ROW =
            """
            SELECT changes
            FROM report
            WHERE id = UNHEX(?)""";

    private final Pool pool;

    BareResource(Pool pool) {
        this.pool = pool;
    }

    @GET
    @Produces("application/json")
    @Operation(hidden = true)
    public Uni<String> read(@RestPath String id) {
        return pool.preparedQuery(ROW)
                .execute(Tuple.of(id))
                .map(rows -> "{\"changes\": %d}".formatted(rows.iterator().next().getInteger("changes")));
    }
}
