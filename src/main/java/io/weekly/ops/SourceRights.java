package io.weekly.ops;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Looks once, when the service starts in production, at what the user may do that datasets are read as. Whoever writes a definition has
 * that user's rights, so it should be one that may only read. The service works with any; it says so, and goes on.
 */
@ApplicationScoped
class SourceRights {

    private static final Logger LOG = Logger.getLogger(SourceRights.class);
    private static final String USER = "SELECT CURRENT_USER()";
    private static final String GRANTS = "SHOW GRANTS";
    private static final Pattern GRANT = Pattern.compile("GRANT (.+?) ON .*? TO .*?( WITH GRANT OPTION)?");
    private static final Pattern COLUMNS = Pattern.compile("\\([^)]*\\)");
    private static final Set<String> READING = Set.of("USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES");

    private final Pool source;

    SourceRights(@ReactiveDataSource("source") Pool source) {
        this.source = source;
    }

    void look(@Observes StartupEvent started) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            beyondReading().subscribe().with(
                    found -> {
                        if (!found.rights().isEmpty()) {
                            LOG.warnf(
                                    "datasets are read as %s, who may do more than read: %s. "
                                            + "Give weekly's source a user of its own, as docs/source.md says",
                                    found.user(), String.join(", ", found.rights()));
                        }
                    },
                    failure -> LOG.warnf("what the user may do that datasets are read as could not be seen: %s", failure.getMessage()));
        }
    }

    /** A database user, and what it may do besides reading. */
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

    /** What one line of {@code SHOW GRANTS} gives; a role that is given has lines of its own on MariaDB, and none on MySQL. */
    static Set<String> beyondReading(String line) {
        var rights = new TreeSet<String>();
        var grant = GRANT.matcher(line);
        if (grant.matches()) {
            for (var right : COLUMNS.matcher(grant.group(1)).replaceAll("").split(",")) {
                rights.add(right.strip());
            }
            if (grant.group(2) != null) {
                rights.add("GRANT OPTION");
            }
            rights.removeAll(READING);
        }
        return rights;
    }
}
