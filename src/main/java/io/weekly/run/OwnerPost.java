package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

/**
 * Takes the letters to the owners of schedules. Package {@code owner} implements it and sends them, so that runs need not know how a letter
 * reaches a person.
 */
public interface OwnerPost {

    /** Stores the letter in the transaction of its event; it is sent after the transaction. */
    Uni<Void> post(SqlClient transaction, int tenantId, String runId, String owner, OwnerLetter letter);
}
