package io.weekly.dev;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestQuery;

/** Issues JWTs in place of the platform: a token for each user and role. */
@Path("/dev/token")
@PermitAll
public class TokenResource {
    private static final Set<String> ROLES = Set.of("viewer", "tenant-admin", "operator", "auditor");
    /** A token with one of these roles names no tenant, unless the request does: to try that the API refuses such a token. */
    private static final Set<String> OF_EVERY_TENANT = Set.of("operator", "auditor");

    private static final String TENANT = """
            SELECT slug
            FROM tenant
            WHERE ended_at IS NULL AND (slug = ? OR ? = '')
            ORDER BY id
            LIMIT 1""";
    private static final String FIRST_RECIPIENT = """
            SELECT r.user_id
            FROM recipient r
            JOIN tenant t ON t.id = r.tenant_id
            WHERE t.slug = ? AND r.active AND r.ended_at IS NULL
            ORDER BY r.id
            LIMIT 1""";

    private final Database database;
    private final DevKeys keys;

    TokenResource(Database database, @ConfigProperty(name = DevFolder.KEY) java.nio.file.Path folder) {
        this.database = database;
        this.keys = DevKeys.in(new DevFolder(folder).keys());
    }

    /** An empty parameter counts as absent. Without a role, the token is for a viewer. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public Uni<String> token(@RestQuery Optional<String> role, @RestQuery Optional<String> tenant, @RestQuery Optional<String> user) {
        String wanted = present(role).orElse("viewer");
        if (!ROLES.contains(wanted)) {
            throw DevProblem.of(Response.Status.BAD_REQUEST, "/dev/token",
                    "role is \"" + wanted + "\": it must be viewer, tenant-admin, operator or auditor.");
        }
        if (OF_EVERY_TENANT.contains(wanted) && present(tenant).isEmpty()) {
            return Uni.createFrom().item(mint(present(user).orElse(wanted), Optional.empty(), wanted));
        }
        return tenant(present(tenant).orElse(""))
                .flatMap(slug -> present(user)
                        .map(named -> Uni.createFrom().item(named))
                        .orElseGet(() -> firstRecipient(slug))
                        .map(subject -> mint(subject, Optional.of(slug), wanted)));
    }

    private static Optional<String> present(Optional<String> parameter) {
        return parameter.filter(value -> !value.isBlank());
    }

    private Uni<String> tenant(String slug) {
        return one(TENANT, Tuple.of(slug, slug),
                slug.isEmpty() ? "There is no tenant yet." : "There is no tenant \"" + slug + "\".");
    }

    private Uni<String> firstRecipient(String slug) {
        return one(FIRST_RECIPIENT, Tuple.of(slug), "The tenant \"" + slug + "\" has no recipient yet. Give a user.");
    }

    private Uni<String> one(String sql, Tuple values, String messageIfNone) {
        return database.client().preparedQuery(sql).execute(values).map(RowSet::iterator).map(rows -> {
            if (!rows.hasNext()) {
                throw DevProblem.of(Response.Status.NOT_FOUND, "/dev/token", messageIfNone);
            }
            Row row = rows.next();
            return row.getString(0);
        });
    }

    private String mint(String user, Optional<String> tenant, String role) {
        return keys.mint(user, tenant, Set.of(role), DevKeys.VALID);
    }
}
