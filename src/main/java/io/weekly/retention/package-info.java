/**
 * Deletes what must not be kept any longer: expired files, files that no report needs, and what is held on persons.
 *
 * <p><b>Files.</b> A file expires at the moment that was set when it was stored, by the setting of its tenant or else {@code
 * weekly.retention.days}. {@code ExpiredFiles} deletes it a few minutes later, unless a job of its report may still need it. The row of the
 * file stays: the report has its status as before and lists the file as expired, and a download is a 410. {@code StoreSweeper} searches the
 * store once a day for files that no row needs.
 *
 * <p><b>Persons.</b> {@link io.weekly.retention.Erasures} erases a recipient in one transaction and remembers what is left to do. {@code
 * PersonErasures} does it in the background: the texts of its reports, their files, and what other packages hold ({@link
 * io.weekly.tenant.PersonalData}). Reports and their counters stay, so ledgers balance as before. {@code EndedTenants} does the same for
 * all recipients of a tenant, {@code weekly.retention.tenant-grace} after its end. Audit events are never changed: {@code AuditErasure}
 * deletes the texts about a person, and whom their pseudonyms stand for is deleted with the request.
 *
 * <p>Somebody else can get the user id at once. So what has only the user id (the maker of a link, who started a run) is erased if it is
 * older than the request; texts belong to a pseudonym or to the number of a recipient. {@code PersonAddresses} says which addresses are the
 * person's.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>A file is deleted in the store first and in the database second. So a row without the mark may be of a file that is gone, and the
 *       deletion is repeated ({@code ExpiredFilesTest.aDeletionThatWasInterruptedIsFinished}). In the other order the file would stay, and
 *       nothing would name it.
 *   <li>A path is never used twice, so a repeated deletion cannot hit another file ({@code
 *       ReportStoreTest.aSecondAttemptWithTheSameContentHasAnotherPath}), and a row with another path is not marked ({@code
 *       ExpiredFilesTest.aReportThatWasGeneratedAgainKeepsItsNewFile}).
 *   <li>An erasure is done only if no worker was at a report of the person while its texts were erased: a stage that begins later finds no
 *       recipient ({@code PersonErasuresTest.anErasureWaitsForTheWorkerThatIsAtAReport}).
 *   <li>Nothing of the next person with the user id is erased ({@code
 *       AuditErasureTest.anErasureThatStaysOpenErasesNothingOfTheNextPersonWithTheUserId}), and nothing of whoever has an earlier address
 *       now ({@code PersonAddressesTest.nothingOfEarlierAddressesIsLeftAndTheExportHasIt}).
 *   <li>A file of a report that is not in this database is left alone ({@code StoreSweeperTest.filesOfOtherDatabasesAreLeftAlone}).
 * </ul>
 *
 * <p><b>Failure cases.</b> Every step can be repeated and is repeated: after the death of the process by another process, after a failure
 * of the store or the database by the next pass. If two processes do the same step at the same time, it is only done twice. While the store
 * is away, expired files and erasures wait.
 */
@NullMarked
package io.weekly.retention;

import org.jspecify.annotations.NullMarked;
