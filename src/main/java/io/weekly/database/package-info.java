/**
 * Access to the database: connections with the same session settings, transactions that run again after a deadlock, and the column forms of
 * ids and times.
 *
 * <p><b>Model.</b> Each connection of the service uses READ COMMITTED and UTC, set once when it is opened
 * ({@link io.weekly.database.ServiceConnections}). Connections for datasets are opened by {@link io.weekly.database.SourceConnections}, and
 * set again after each use. {@link io.weekly.database.ResultColumns} sees the types of the columns of a result before the client does. SQL
 * stands beside the method that runs it, in the package that owns the table. This package has no queries on tables. Code that needs more
 * than one statement passes a function to {@link io.weekly.database.Database#transaction}. The function may run more than once, so it must
 * have no effects outside of the transaction. All transactions of a request with an {@code Idempotency-Key} run as one transaction
 * ({@link io.weekly.database.Database#inRequestTransaction}), except the long work that a few requests do in transactions of its own
 * ({@link io.weekly.database.Database#outsideRequestTransaction}).
 *
 * <p><b>Deadlocks.</b> After a deadlock (error 1213) or a lock wait timeout (error 1205) the whole transaction is rolled back and run
 * again, after a random pause, up to eight times. It is not possible to repeat only the statement that failed: after a deadlock the server
 * has ended the transaction, and would commit each further statement on its own. Therefore {@link io.weekly.database.Batch} stops at the
 * first statement that fails. The client's own batch does not stop
 * ({@code BatchTest.whatFollowsADeadlockInABatchIsNotWrittenOutsideOfItsTransaction}). Any other error rolls back and fails the
 * {@code Uni}.
 *
 * <p><b>The database is away.</b> It cannot be reached, or it answers but does not work: {@link io.weekly.database.DatabaseFault} lists
 * why. Each query that fails for such a reason fails with a {@link io.weekly.database.DatabaseAwayException}. {@link
 * io.weekly.database.DatabaseAvailability} logs one line when an outage begins and one when it ends ({@code
 * OutageIT.anOutageOfTheDatabaseIsTwoLines}, {@code ops.DatabaseCheckTest}). Only a check that could write ends an outage ({@link
 * io.weekly.database.Database#check}). Other code logs this exception only if the log line adds information. Each other failure is logged
 * once, with its stack trace, by the code that handles it ({@code OutageIT.whateverElseFailsIsLoggedWithItsStack}).
 *
 * <p>If the server takes no writes, or refuses the user, it may be the wrong one. Then {@link io.weekly.database.MonitoredPool} closes all
 * connections, so that new ones reach the new primary ({@code FailoverTest}). If a check gets no answer, statements that are still open ten
 * seconds later fail ({@code FailoverTest.whatASilentServerLeavesUnansweredFailsSoonAfterTheCheck}, {@code
 * FailoverTest.aTransactionThatWaitsForALockOfTheWholeServerFailsSoonAfterTheCheck}). A process that starts while the database is away
 * waits for it ({@link io.weekly.database.Migrations}).
 *
 * <p><b>Encryption.</b> {@link io.weekly.database.DatabaseTls} encrypts the connections of both pools, of migrations and of commands by one
 * setting ({@code DatabaseTlsTest.commandsEncryptToo}). A server without encryption, or with a wrong certificate, is refused ({@code
 * DatabaseTlsTest.aServerThatOffersNoEncryptionIsRefused}, {@code DatabaseTlsTest.aCertificateOfAnotherAuthorityIsRefused}). While it is
 * refused, the database counts as away.
 *
 * <p><b>Other failure cases.</b> If the session settings of a new connection fail, the client hands the connection to the pool
 * nevertheless. Therefore {@code ops.DatabaseReadiness} checks the settings of a real connection. If the process dies, the server rolls
 * back its open transactions.
 */
@NullMarked
package io.weekly.database;

import org.jspecify.annotations.NullMarked;
