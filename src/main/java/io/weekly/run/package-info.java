/**
 * Runs: all reports of one tenant, definition, period and revision, from the start of the run to the proof that every report has ended.
 *
 * <p><b>Model.</b> {@link io.weekly.run.RunStart} inserts a run: for a schedule that is due, or by hand. {@code RunEnqueuer} then queues
 * its reports in chunks ({@code RunChunks}, {@code RunReports}). A cursor ({@code RunCursors}) says how far a run has come. A tenant with
 * many recipients gets up to four cursors, each over a range of its recipients, so that several transactions work at once. When the last
 * cursor closes, the number of due reports is final ({@code EnqueuingEnd}). {@code RunSweeper} folds the counters and ends a run when as
 * many reports have ended as were due.
 *
 * <pre>
 *   state                              event                       next state
 *   -                                  started                     enqueuing
 *   enqueuing                          all reports are queued      waiting if there is a readiness query, held if there is an
 *                                                                  approval, else running
 *   waiting                            the data are ready          held if there is an approval, else running
 *   waiting                            the wait is over            held
 *   waiting, held                      approved                    running
 *   running                            all reports have ended      finished
 *   finished                           a report goes on            running
 *   enqueuing, waiting, held, running  cancelled                   cancelled
 * </pre>
 *
 * <p>A run of a definition with a readiness query is <b>waiting</b> until its data are ready. {@code RunWaits} has a row for each such run,
 * and {@code RunReadiness} asks. If the data are ready, the run is released, or held if somebody has to approve it. If the wait ends first,
 * the run is held and the owner of the schedule gets a mail.
 *
 * <p>A run whose schedule asks for approval is <b>held</b>; its owner gets the first few reports as samples. The jobs of waiting and held
 * runs exist, but are scheduled for never ({@code HeldRuns}). {@link io.weekly.run.RunDecisions} releases the run: {@code RunEnqueuer} then
 * releases its jobs chunk by chunk. {@code RunExpiry} cancels held runs that nobody decides about.
 *
 * <p>Cancelling takes effect with the state of the run: from then on no worker starts a stage of it. {@code RunCanceller} removes the
 * waiting jobs in chunks. Stages that have started are completed.
 *
 * <p><b>Proof.</b> {@link io.weekly.run.Ledgers} counts the reports of a run against its due reports, without the counters.
 * {@code RunDeadlines} does this once for each run, at its deadline: a configured time after its window, from its start or its release
 * ({@code Deadline}). If reports are open or missing, it writes the event {@code run.deadline-missed}, counts it in the meter
 * {@code weekly.run.deadline}, and stores a mail to the owner of the schedule, if there is one.
 *
 * <p><b>Tables.</b> One class writes to each table: {@code RunTransitions} to {@code run}, {@link io.weekly.report.RunCounters} to
 * {@code run_delta} and {@code run_count}, {@code RunCursors} to {@code run_cursor}, {@code RunWaits} to {@code run_wait}, and
 * {@code OwnerMails} to {@code owner_mail}. {@code RunAudit} writes the audit events, {@code RunEvents} the log lines and meters.
 *
 * <p><b>Invariants.</b>
 * <ul>
 *   <li>A period has at most one run for each schedule and revision, and at most one by hand for each revision.
 *   <li>A period that one run has delivered is not delivered again by the run of another schedule.
 *   <li>A run neither finishes nor balances while it has an open cursor.
 *   <li>No recipient gets a report of a run that is waiting or held. Nothing of a cancelled run starts.
 *   <li>A run is judged at its deadline exactly once.
 * </ul>
 *
 * <p><b>If the process dies here.</b> Every step is one transaction, and every replica runs every step: the next tick continues where the
 * rows say. A chunk that was not committed is done again. A check of a run's data whose answer was lost is repeated after the pause. A mail
 * to an owner that was being sent is tried again with the same Message-ID, as often as a stage is. A missed deadline has its event and its
 * mail, because they are in one transaction with the verdict; only the meter can miss one, if the process dies between commit and count.
 *
 * <p><b>Failure cases.</b> The failure of one run is logged and does not stop the others; the next tick tries it again. If a definition is
 * gone or broken, its waiting runs keep waiting until the wait ends.
 */
@NullMarked
package io.weekly.run;

import org.jspecify.annotations.NullMarked;
