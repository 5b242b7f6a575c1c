package io.weekly.ops;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.weekly.database.DatabaseFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Checks once, at the start in production, the rights of the database user that reads datasets. The queries of a definition run with the
 * rights of that user, so the user should have read access only. If it has more rights, the service logs a warning and runs nevertheless.
 */
@ApplicationScoped
class SourceRights {

    private static final Logger LOG = Logger.getLogger(SourceRights.class);
    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofHours(1);
    private static final String USER = "SELECT CURRENT_USER()";
    private static final String GRANTS = "SHOW GRANTS";
    private static final String GRANT = "GRANT ";
    private static final Pattern COLUMNS = Pattern.compile("\\([^()]*+\\)");
    private static final Set<String> READING = Set.of("USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES");

    private final Pool source;

    SourceRights(@ReactiveDataSource("source") Pool source) {
        this.source = source;
    }

    void check(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            // The source may be away at the start.
            beyondReading()
                    .onFailure(failure -> DatabaseFault.of(failure).isPresent())
                    .retry()
                    .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                    .expireIn(LIMIT.toMillis())
                    .subscribe()
                    .with(SourceRights::warn, failure -> LOG.warnf(
                            "the rights of the database user that reads datasets could not be checked: %s", failure.getMessage()));
        }
    }

    private static void warn(Found found) {
        if (!found.rights().isEmpty()) {
            LOG.warnf(
                    "the database user %s, which reads datasets, may do more than read: %s. "
                            + "Create a separate user with read access, see docs/source.md",
                    found.user(), String.join(", ", found.rights()));
        }
    }

    /** A database user, and its rights beyond reading. */
    record Found(String user, Set<String> rights) {}

    Uni<Found> beyondReading() {
        return source.query(USER).execute().flatMap(user -> source.query(GRANTS)
                .execute()
                .map(grants -> new Found(user.iterator().next().getString(0), beyondReading(grants))));
    }

    private static Set<String> beyondReading(RowSet<Row> grants) {
        var rights = new TreeSet<String>();
        grants.forEach(grant -> rights.addAll(beyondReading(grant.getString(0))));
        return rights;
    }

    /** The rights in one line of {@code SHOW GRANTS}. The rights of a granted role are separate lines on MariaDB, and absent on MySQL. */
    static Set<String> beyondReading(String line) {
        var rights = new TreeSet<String>();
        var on = line.indexOf(" ON ");
        if (!line.startsWith(GRANT) || on < 0 || line.indexOf(" TO ", on) < 0) {
            return rights;
        }
        for (var right : COLUMNS.matcher(line.substring(GRANT.length(), on)).replaceAll("").split(",")) {
            rights.add(right.strip());
        }
        if (line.endsWith(" WITH GRANT OPTION")) {
            rights.add("GRANT OPTION");
        }
        rights.removeAll(READING);
        return rights;
    }
}
