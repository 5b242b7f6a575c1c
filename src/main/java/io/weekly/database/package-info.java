/**
 * Access to the database: connections with the same session settings, transactions that survive a deadlock, ids and times as columns.
 *
 * <p><b>Model.</b> Each connection of the service uses READ COMMITTED and UTC, set once when it is opened
 * ({@link io.weekly.database.ServiceConnections}). Connections for datasets are opened by {@link io.weekly.database.SourceConnections}.
 * SQL stands beside the method that runs it, in the package that owns the table; this package has no query of its own. More than one
 * statement runs in {@link io.weekly.database.Database#transaction}, as a function of the connection, because that function may run more
 * than once. A request with an {@code Idempotency-Key} runs all its transactions as one
 * ({@link io.weekly.database.Database#inRequestTransaction}).
 *
 * <p><b>Deadlocks.</b> After a deadlock (1213) or a lock wait timeout (1205) the whole transaction is rolled back and run again, a limited
 * number of times, with jitter. Only the whole may run again: after a deadlock the server has ended the transaction, and each further
 * statement would be committed on its own. Therefore {@link io.weekly.database.Batch} stops at the first statement that fails; the
 * client's own batch does not ({@code BatchTest.whatFollowsADeadlockInABatchIsNotWrittenOutsideOfItsTransaction}). Any other error rolls
 * back and fails the {@code Uni}.
 *
 * <p><b>The database is unavailable.</b> Each query fails with a {@link io.weekly.database.DatabaseAwayException}. {@link
 * io.weekly.database.DatabaseAvailability} logs one line when the connection is lost and one when the database answers again ({@code
 * OutageIT.anOutageOfTheDatabaseIsTwoLines}). Other code does not log this exception, unless it has more to say. It logs any other failure
 * where it handles it, with the stack trace ({@code OutageIT.whateverElseFailsIsLoggedWithItsStack}). Only a missing connection counts as
 * unavailable: a server that refuses the password, or has no free connection, does answer.
 *
 * <p><b>Other failure cases.</b> If setting up a connection fails, the client still hands the connection to the pool. {@code
 * ops.DatabaseReadiness} checks the settings of a real connection. If the process dies, the server rolls back its open transactions.
 */
@NullMarked
package io.weekly.database;

import org.jspecify.annotations.NullMarked;
