/**
 * Runs: all reports of one tenant, definition, period and revision, from the start of the run to the proof that every report has ended.
 *
 * <p><b>Model.</b> {@link io.weekly.run.RunStart} inserts a run, for a schedule that is due, or by hand (a user starts it).
 * {@code RunEnqueuer} then queues the reports of the run in chunks ({@code RunChunks}, {@code RunReports}). A cursor ({@code RunCursors})
 * is a range of the tenant's recipients and the position up to which their reports are queued. A run of many recipients has up to four
 * cursors, so that several transactions can work on it at the same time. When the last cursor is closed, the number of due reports is final
 * ({@code EnqueuingEnd}). Changes of a run's counters are inserted as separate rows. {@code RunSweeper} adds these rows to the counters (it
 * <i>folds</i> them). It ends a run when the run has no open cursor and as many reports have ended as are due.
 *
 * <pre>
 *   state                              event                       next state
 *   -                                  started                     enqueuing
 *   enqueuing                          all reports are queued      waiting if there is a readiness query, held if there is an
 *                                                                  approval, else running
 *   waiting                            the data are ready          held if there is an approval, else running
 *   waiting                            the longest wait is over    held
 *   waiting, held                      approved                    running
 *   running                            all reports have ended      finished
 *   finished                           a report is tried again     running
 *   enqueuing, waiting, held, running  cancelled                   cancelled
 * </pre>
 *
 * <p>If a definition has a readiness query, its runs are <b>waiting</b> until their data are ready. {@code RunWaits} has a row for each
 * waiting run. {@code RunReadiness} runs the query again and again. When the data are ready, the run is released, or held if somebody has
 * to approve it. If the data are not ready when the longest wait has passed, the run is held, and the owner of its schedule gets a mail. A
 * run without reports never waits and is never held.
 *
 * <p>If the schedule of a run requires approval, the run is <b>held</b>. The owner of the schedule gets the first few reports as samples.
 * The jobs of waiting and held runs exist already, but are scheduled for the year 9999 ({@code HeldRuns}). An approval
 * ({@link io.weekly.run.RunDecisions}) releases the run: {@code RunEnqueuer} then releases its jobs chunk by chunk. {@code RunExpiry}
 * cancels a held run that nobody has approved within {@code weekly.run.approval-timeout}.
 *
 * <p>A cancellation takes effect when the state of the run is committed. After that, a worker that claims a job of the run does not start
 * its stage, and the report ends as cancelled. {@code RunCanceller} removes the waiting jobs in chunks. Stages that have started are
 * completed.
 *
 * <p>{@link io.weekly.run.RunRetry} retries the failed reports of a run on a user's request, set by set. Each set is one transaction, so
 * another call continues where a call broke off.
 *
 * <p><b>Proof.</b> {@link io.weekly.run.Ledgers} counts the reports of a run by status and compares the sum with the number of due reports.
 * If they are equal, the run <i>balances</i>. The ledger reads the reports themselves, not the counters. {@code RunDeadlines} checks each
 * run once, at its deadline. The window of a run begins with its start or its release. The deadline is {@code weekly.run.deadline} after
 * the end of the window ({@code Deadline}). If reports are open or missing then, the check writes the event {@code run.deadline-missed},
 * counts it in the meter {@code weekly.run.deadline}, and stores a mail to the owner of the schedule, if there is one.
 *
 * <p><b>Several runs of one week.</b> {@code AlreadySent} decides for each recipient whether the run of a schedule makes a report, or
 * whether another run has sent it. If nothing is due, {@code NothingDue} stores the reason in the run. If the audience matches nobody, it
 * also stores a mail to the owner of the schedule. The deliver stage checks once more ({@link io.weekly.report.WeekOnce}).
 *
 * <p><b>Tables.</b> One class writes to each table: {@code RunTransitions} to {@code run}, {@link io.weekly.report.RunCounters} to
 * {@code run_delta} and {@code run_count}, {@code RunCursors} to {@code run_cursor}, and {@code RunWaits} to {@code run_wait}.
 * {@code RunAudit} writes the audit events, {@code RunEvents} the log lines and meters. Letters to owners are written here. They are stored
 * through {@link io.weekly.run.OwnerPost}; package {@code owner} implements it and sends them.
 *
 * <p><b>Invariants.</b>
 * <ul>
 *   <li>For one tenant, definition, period and revision there is at most one run.
 *   <li>The runs of schedules mail a period to a recipient once, even if an earlier run was cancelled, failed or expired, and even if
 *       somebody retries its reports. A new revision that somebody starts by hand is mailed again.
 *   <li>A run neither finishes nor balances before its number of due reports is final.
 *   <li>No recipient gets a report of a run that is waiting or held. No stage of a cancelled run starts.
 *   <li>Each run is checked at its deadline exactly once.
 * </ul>
 *
 * <p><b>If the process dies here.</b> Every change is one transaction, and every replica runs every timer. So another replica continues
 * from the committed rows at its next tick. A chunk that was not committed is done again. If the result of a readiness query was not
 * stored, the query runs again after its pause. The check at a deadline, its event and its mail are one transaction. The meter is
 * incremented after the commit, so it misses a run if the process dies in between.
 *
 * <p><b>Failure cases.</b> If one run fails in a timer, the failure is logged, the other runs continue, and the next tick tries the run
 * again. If a definition was removed or is broken, its waiting runs wait until the longest wait has passed. Then they are held.
 */
@NullMarked
package io.weekly.run;

import org.jspecify.annotations.NullMarked;
