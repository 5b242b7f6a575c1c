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
 * The readiness check. It reads the session settings of a real connection. It is not enough to get a connection, because the client hands
 * out a connection even if its setup failed. With wrong settings the service would not work: under REPEATABLE READ, claims of jobs
 * deadlock, and in another time zone leases end at the wrong time.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    // The isolation level is tx_isolation on MariaDB, transaction_isolation on MySQL, and both on newer MariaDB.
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
                // DatabaseAvailability logs the reason. The probe only needs the state.
                .onFailure()
                .recoverWithItem(_ -> HealthCheckResponse.named("database").down().withData("reason", "no answer").build());
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
