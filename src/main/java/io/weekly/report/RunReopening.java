package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

/** What happens to a run when one of its reports goes on. Package run implements it, because report must not depend on run. */
public interface RunReopening {

    /**
     * Locks the run, and reopens it if it had finished. The transaction has changed the report before.
     *
     * @param from the status from which the report goes on
     */
    Uni<Void> reopen(SqlClient transaction, int tenantId, String runId, String reportId, ReportStatus from, String actor);
}
