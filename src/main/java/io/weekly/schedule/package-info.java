/**
 * When reports are due, and for which week.
 *
 * <p><b>Model.</b> A {@link io.weekly.schedule.Schedule} is a tenant's wish to have one definition sent every week at a
 * {@link io.weekly.schedule.SendTime}, in the tenant's own zone. {@code next_run_at} is its next occurrence as an instant, null while it
 * is paused or once it has ended, so that the tick's index holds only what can fire. A {@link io.weekly.report.Period} is the ISO week
 * that a report is about.
 *
 * <p>From a schedule to its reports it is three short steps, each of which any replica may take: {@code Tick} fires what is due, moving
 * {@code next_run_at} on by a guarded update and making the {@link io.weekly.run.Run} in the same transaction ({@code RunStart});
 * {@code RunEnqueuer} gives the run its reports in chunks ({@code RunChunks}) behind cursors ({@code RunCursors}: one, or for a large
 * tenant four, each over a range of its recipients, so that several transactions work at once), and freezes what is due when the last
 * closes; {@code RunSweeper} folds the counters and ends the run when as many reports have ended as were due.
 *
 * <p>A run whose schedule asks for approval is enqueued as any other, so that what is due is frozen before anybody looks; its jobs are
 * scheduled for never ({@code HeldRuns}) and its owner gets the first few reports as samples. {@link io.weekly.run.RunDecisions}
 * lets it go, chunk by chunk as it was enqueued, or cancels it; {@code RunExpiry} cancels what nobody decides about. Cancelling takes
 * effect with the state of the run: no worker begins anything of it from then on, and {@code RunCanceller} takes its waiting jobs away in
 * chunks. What was under way goes to its end.
 *
 * <p>A run whose definition asks whether its data are there waits for them in the same way, before anybody is shown anything:
 * {@code WaitingRuns} has a row for each, {@code RunReadiness} asks. When they are there it goes on, or its canaries are made; when the wait
 * is over it is held as one that has to be approved, and its owner is told once. docs/late-data.md tells it from outside.
 *
 * <p>Two proofs stand beside the flow and use none of its counters: {@link io.weekly.run.Ledgers} counts a run's reports against its
 * frozen due, and {@link io.weekly.schedule.Reconciler} holds the runs of a week against the calendar. {@code RunDeadlines} asks the first
 * of each run, once, at its deadline: so long after its window, from its start or its approval ({@code Deadline}). A run of which anything
 * is open or missing then raises the event {@code run.deadline-missed}, the meter {@code weekly.run.deadline}, and a mail to the owner of
 * its schedule, where it has one.
 *
 * <p><b>Invariants.</b> A period has one run a schedule and revision, and one by hand. What was delivered of a period is not delivered
 * again by another schedule. A run neither finishes nor balances while a cursor of it is open. Of a run that is not approved, or whose
 * data are not there, no recipient gets anything, unless somebody says so; of one that is cancelled, nothing that had not begun. A run is
 * judged at its deadline exactly once, and by no counter.
 *
 * <p><b>What happens when it dies here.</b> Between two transactions: the next tick, or another replica's, takes the schedule or the run
 * up where its row says; so it is with a run that is to be judged. What was judged has its event, and its mail waits in a row of its own
 * ({@code OwnerMails}); only the meter can miss one, where the process dies between the commit and the count. A mail that was being handed
 * over is tried again when that can have ended, with the same Message-ID, as often as a stage is. Whoever dies with an answer about a
 * run's data is followed by another question after the pause. After an outage {@link io.weekly.schedule.CatchUp} decides which of the
 * missed send times fire.
 *
 * <p><b>Failure cases.</b> A local time that a zone's clocks skip or repeat is sent once, never twice and never not at all; see
 * {@link io.weekly.schedule.SendTime}. When a tenant's zone changes, {@code next_run_at} of its schedules changes in the same
 * transaction: between the two there is no moment at which a tick could fire by the old one.
 */
package io.weekly.schedule;
