package io.weekly.ops;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Asks a connection what it really is. The client hands out a connection also when its set-up failed, so being connected is not enough:
 * under REPEATABLE READ claims deadlock, and in another time zone leases end at the wrong moment.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    // MariaDB calls the first tx_isolation, MySQL transaction_isolation, newer MariaDB both.
    private static final String SETTINGS =
            """
            SHOW SESSION VARIABLES
            WHERE Variable_name IN ('tx_isolation', 'transaction_isolation', 'time_zone')""";

    private final Database database;

    DatabaseReadiness(Database database) {
        this.database = database;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.client()
                .query(SETTINGS)
                .execute()
                .map(DatabaseReadiness::settings)
                .map(DatabaseReadiness::judge)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                // Why it is away is for the log of the database's client; the probe's readers need to know that it is.
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named("database").down().withData("reason", "no answer").build());
    }

    private static Map<String, String> settings(RowSet<Row> rows) {
        var settings = new HashMap<String, String>();
        rows.forEach(row -> settings.put(row.getString(0), row.getString(1)));
        return settings;
    }

    static HealthCheckResponse judge(Map<String, String> settings) {
        var isolation = settings.getOrDefault("transaction_isolation", settings.get("tx_isolation"));
        var zone = settings.get("time_zone");
        return HealthCheckResponse.named("database")
                .status("READ-COMMITTED".equals(isolation) && "+00:00".equals(zone))
                .withData("isolation", String.valueOf(isolation))
                .withData("timeZone", String.valueOf(zone))
                .build();
    }
}
