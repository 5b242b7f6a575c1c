package io.weekly.ops;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check. The database must do its work ({@link DatabaseCheck}), and a real connection must have the right session settings.
 * It is not enough to get a connection, because the client hands out a connection even if its setup failed. With wrong settings the service
 * would not work: under REPEATABLE READ, claims of jobs deadlock, and in another time zone leases end at the wrong time.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private final DatabaseCheck check;
    private final Database database;

    DatabaseReadiness(DatabaseCheck check, Database database) {
        this.check = check;
        this.database = database;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return check.settings()
                // A successful check does not end every outage: some work may still fail, such as writes to a full disk.
                .map(settings -> database.isAway() ? down("away") : judge(settings))
                // Package database logs the reason. The probe only needs the state.
                .onFailure()
                .recoverWithItem(failure -> down(DatabaseAwayException.isNot(failure) ? "no answer" : "away"));
    }

    private static HealthCheckResponse down(String reason) {
        return HealthCheckResponse.named("database").down().withData("reason", reason).build();
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
