/**
 * The way to the database: connections that all behave the same, transactions that survive a deadlock, ids and times as columns.
 *
 * <p><b>Model.</b> Every connection is READ COMMITTED and UTC, set once when it is opened ({@link io.weekly.database.ServiceConnections}).
 * SQL stands beside the method that runs it, in the package whose thing it is; this package holds no query of its own. Whoever
 * writes more than one statement does so in {@link io.weekly.database.Database#transaction}, as a function of the connection, because
 * that function may run more than once. What a request with an {@code Idempotency-Key} does is one transaction of all of these: they find
 * it in the request's own Vert.x context ({@link io.weekly.database.Database#together}), also when it is run again.
 *
 * <p><b>Failure cases.</b> A deadlock (1213) or a lock wait that timed out (1205) rolls the whole transaction back and runs all of it
 * again, a bounded number of times, with jitter: under READ COMMITTED a part of a transaction must never be repeated alone, nor go on
 * alone: after a deadlock the server has ended the transaction, and what is still sent is committed at once. So many rows are written by
 * {@link io.weekly.database.Batch}, which stops at the first that fails; the client's own does not
 * ({@code BatchTest.whatFollowsADeadlockInABatchIsNotWrittenOutsideOfItsTransaction}). Any other
 * error rolls back and fails the {@code Uni}. A connection whose set-up failed is still handed to the pool by the client; readiness
 * asks the server what the connection really is.
 *
 * <p>The database away: whatever is asked fails with a {@link io.weekly.database.DatabaseAwayException}. {@link
 * io.weekly.database.DatabaseAvailability} sees every answer and every such failure, and logs one line when the database is lost and one when it
 * answers again ({@code OutageIT.anOutageOfTheDatabaseIsTwoLines}). Nobody else logs a failure of that type, unless it has something of
 * its own to say; any other failure of the database is logged where it is handled, with its stack ({@code
 * OutageIT.whateverElseFailsIsLoggedWithItsStack}). Only what the client says when it has no connection counts as away: a server that
 * refuses the password, or has no connection left, does answer.
 */
package io.weekly.database;
