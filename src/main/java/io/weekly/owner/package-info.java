/**
 * Owners of schedules: the letters that they get, what happens if their addresses bounce, and the transfer of their schedules.
 *
 * <p><b>Model.</b> An owner is a mail address in a schedule. Package {@code run} writes letters about runs (missed deadline, late data,
 * empty audience) and stores them through {@link io.weekly.run.OwnerPost}, which {@code OwnerMails} implements. {@code Digests} writes the
 * weekly digests. {@code OwnerMailSender} sends all letters, and {@code LetterEnds} has the one transaction in which a letter ends.
 *
 * <pre>
 *   event                                       a letter to the owner                 a letter to the fallback address
 *   the mail server accepts it                  is kept for 30 days                   is kept for 30 days
 *   the address is refused, in the dialogue     goes to the fallback address once     is given up
 *   the mailbox is full for too long            goes to the fallback address once     is given up
 *   the address is suppressed                   goes to the fallback address once     is given up
 *   it is refused later, for another reason     is given up                           is given up
 *   the address bounces later                   goes to the fallback address once     nothing
 *   deferred, unknown                           is sent again with the same           is sent again with the same
 *                                               Message-ID                            Message-ID
 *   too many attempts, or deferred for too      is given up                           is given up
 *   long for another reason
 * </pre>
 *
 * <p>If an address bounces, {@code AddressProblems} notes it, and package {@code schedule} shows it at each schedule of the owner. The
 * problem belongs to the address: it is not shown when the schedule has another owner, and ends when a later letter arrives.
 *
 * <p><b>Digests.</b> Once a week, at a local time of each tenant, an owner gets one letter about the runs of its schedules that ended since
 * the last digest, or had a late bounce or failure since, if a report failed, bounced, was suppressed, or nobody knows whether it was sent.
 * {@code DigestRuns} reads rows of runs and their counters. {@code DigestReasons} reads a limited number of reports.
 *
 * <p><b>Tables.</b> One class writes to each table: {@code OwnerMails} to {@code owner_mail}, {@link io.weekly.owner.SentLetters} to
 * {@code owner_letter}, {@code AddressProblems} to {@code owner_problem}, {@code DigestTurns} to {@code owner_digest}. {@code LetterAudit}
 * writes the audit events, {@code OwnerEvents} the log lines and meters.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 * <ul>
 *   <li>An owner gets one digest of a week, whatever number of processes write it: {@code DigestsTest.ofTwoProcessesOneWritesTheLetters},
 *       {@code DigestTenantTest.anIsoWeekHasOneDigestEvenIfTheZoneOrTheWeekdayChanges}.
 *   <li>Each run is in one digest, unless a report bounced or failed late: {@code
 *       DigestTenantTest.oneDigestBeginsWhereTheLastOneEndedWhenTheClocksChange},
 *       {@code DigestsTest.aRunOfAnotherWeekIsNotInTheLetter}.
 *   <li>A report that bounces after the digest is in the next one, and in rare cases in two: {@code
 *       LateEndsInDigestsTest.aReportThatBouncesAfterTheDigestIsInTheNextOne}, {@code
 *       LateEndsInDigestsTest.aLaterBounceDoesNotTakeAnEarlierOneOutOfTheNextDigest}.
 *   <li>A letter is redirected once, so bounces make no loop: {@code OwnerBounceTest.aFallbackAddressThatBouncesTooEndsTheLetter},
 *       {@code OwnerLateBounceTest.aLetterThatBouncesLaterAtTheFallbackAddressEnds},
 *       {@code OwnerLateBounceTest.aBounceThatIsReportedAgainChangesNothing}.
 *   <li>A letter fits into its column, whatever the data are: {@code DigestLetterTest.noDataMakeALetterTooLong}.
 *   <li>A transfer changes the schedules of one tenant only, and the reconciliation of past weeks stays the same: {@code
 *       ScheduleTransferResourceTest.allSchedulesOfAPersonGetTheOtherOwnerInAnyCaseAndOthersDoNot}, {@code
 *       ScheduleTransferResourceTest.theReconciliationStillKnowsTheWeekdaysAfterATransfer}.
 * </ul>
 *
 * <p><b>If the process dies here.</b> The digests of a tenant and the moment up to which they are written are one transaction, so the next
 * pass of any replica writes all of them or finds them written. If a letter was being sent, it is sent again with the same Message-ID, with
 * at most {@code weekly.queue.max-attempts} attempts.
 *
 * <p><b>Failure cases.</b> If the digests of one tenant fail, the failure is logged, the other tenants get theirs, and the next pass tries
 * again. If a report bounces or fails after the digest of its run, the next digest has the run again. If the tenant has no
 * fallback address, a letter that bounces is given up, with an audit event and a line in the log.
 */
@NullMarked
package io.weekly.owner;

import org.jspecify.annotations.NullMarked;
