package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;

/**
 * Reopens the run of reports that are tried or delivered again. Package run implements this interface, because report must not depend on
 * run.
 */
public interface RunReopening {

    /**
     * Locks the run, and reopens it if it had finished. The caller's transaction has changed the reports before.
     *
     * @param reportIds one or more reports of the run
     * @param from the stored status of the reports now, after the change: the stage that follows it runs again
     */
    Uni<Void> reopen(SqlClient transaction, int tenantId, String runId, List<String> reportIds, ReportStatus from, String actor);
}
