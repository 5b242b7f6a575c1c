package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

/**
 * Reopens the run of a report that is tried or delivered again. Package run implements this interface, because report must not depend on
 * run.
 */
public interface RunReopening {

    /**
     * Locks the run, and reopens it if it had finished. The caller's transaction has changed the report before.
     *
     * @param from the stored status of the report now, after the change: the stage that follows it runs again
     */
    Uni<Void> reopen(SqlClient transaction, int tenantId, String runId, String reportId, ReportStatus from, String actor);
}
