package io.weekly.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportFormat;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/**
 * Starts a run of last week's reports for each tenant, with the PDF attached to the mail, so that there is something to see before Monday.
 * If the week has a run already, by schedule or by an earlier start, nothing happens.
 */
@Singleton
@IfBuildProfile("dev")
class DemoRuns {
    private static final String TENANTS = """
            SELECT id, zone
            FROM tenant
            WHERE ended_at IS NULL
            ORDER BY id""";

    private final Database database;
    private final RunStart runs;
    private final Clock clock;

    DemoRuns(Database database, RunStart runs, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.clock = clock;
    }

    Uni<Void> startLastWeek() {
        return database.client().query(TENANTS).execute()
                .onItem().transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem().transformToUniAndConcatenate(row -> runs.byHand(lastWeek(row)))
                .collect().asList().replaceWithVoid();
    }

    private RunOrder lastWeek(Row tenant) {
        Period period = Period.lastFullWeek(clock, ZoneId.of(tenant.getString("zone")));
        return new RunOrder(
                tenant.getInteger("id"), "dev", "weekly-business", period, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0);
    }
}
