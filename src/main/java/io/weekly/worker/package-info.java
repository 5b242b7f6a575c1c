/**
 * Works the lanes: claims jobs, does their stage, writes how it ended.
 *
 * <p><b>Model.</b> Each lane of this process has a {@link io.weekly.worker.LaneWorker}. It holds leases in a bounded buffer: one for each
 * slot, and about half a second of work in addition. It claims more when half of the buffer is empty. It wakes at once when this process
 * enqueues a job, and polls for the jobs of other processes. {@link io.weekly.worker.GenerateReport} and {@link
 * io.weekly.worker.DeliverReport} are the two stages; {@link io.weekly.worker.StageRunner} has what both need.
 *
 * <p>A stage ends with an {@link io.weekly.worker.Outcome}, which is a value: it knows the new status of the report, the reason and the
 * audit event. {@link io.weekly.worker.BatchCompleter} gathers the finished stages. Under a lock it finds the leases that are still valid,
 * and {@link io.weekly.worker.OutcomeWriter} writes those, many in one transaction. {@link io.weekly.worker.WorkerEvents} turns what
 * happens into log lines and meters.
 *
 * <p>{@link io.weekly.worker.LeaseRenewer} extends the leases. {@link io.weekly.worker.WorkerHeartbeat} writes once per second to the
 * registry that this process lives and what its lanes did, and reads which lanes are paused. A process that serves only the API has no
 * heartbeat and no row. Reactive code stops at one place, {@link io.weekly.worker.RenderPool#submit}.
 *
 * <p><b>Slots.</b> The generate lane has one slot for each thread of the render pool; a slot is free as soon as its stage has ended. The
 * number of slots of the deliver lane follows the mail server, in each process on its own: {@link io.weekly.worker.DeliverSlots} sees how
 * dialogues end and asks a {@link io.weekly.worker.CongestionWindow}. If the server refuses service, the number is halved, at most once for
 * all dialogues of a round. If all mails of a round are taken, it grows by one, up to {@code weekly.worker.max-deliveries}. If the server
 * refuses even a single dialogue, the lane waits: one second, then doubling, up to {@code weekly.worker.max-backoff}. It releases what it
 * holds, and then claims one job for one probe. The first mail that is taken ends the waiting. A slot to deliver is free when the end is
 * written, because until then the mail may go out again. The send rate is shared by all processes and does not adapt.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>A worker without a valid lease changes nothing: {@code BatchCompleterTest.aWorkerThatLostItsLeaseChangesNothing}</li>
 * <li>A job ends exactly once: {@code BatchCompleterTest.aStageEndsOnceEvenIfItIsCompletedSeveralTimes},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>An outcome changes the report as it says: {@code FinishedStageTest.everyOtherEndHasItsStatusItsReasonAndItsEvent},
 *     {@code FinishedStageTest.aStageThatMayNotBeginYetChangesNoReportAndSaysUntilWhen}</li>
 * <li>A crash loses nothing: {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>A shutdown costs no attempt: {@code CrashIT.aStopBySignalDrainsAndCostsNoAttempt},
 *     {@code LaneWorkerTest.aPauseReleasesWaitingJobsWithTheirAttemptAndLetsStagesFinish}</li>
 * <li>A failed report stays, with its reason, and can be tried again:
 *     {@code WorkersTest.aBrokenQueryFailsOnlyItsOwnReportsWithFileAndReason},
 *     {@code ReportVerbResourceLanesTest.whatFailedForEverFailsAgainAndIsCountedOnce}</li>
 * <li>A lane holds no more jobs than its slots and its buffer have room for, and no more reports are rendered at the same time than the
 *     pool has threads: {@code LaneWorkerSlotsTest.aLaneHoldsNoMoreThanItHasRoomFor},
 *     {@code RenderPoolTest.noMoreReportsAreRenderedAtATimeThanThereAreThreads}</li>
 * <li>The deliver lane has at least one slot, at most the configured number, and about as many as the server takes at the same time:
 *     {@code CongestionWindowTest.theSizeStaysBetweenOneAndTheMaximumAndNoPauseIsTooLong},
 *     {@code CongestionWindowTest.theSizeFollowsWhatTheServerTakes},
 *     {@code CongestionWindowTest.theWindowGrowsBackToItsMaximumAfterAnyNumberOfRefusals},
 *     {@code DeliverSlotsTest.aServerThatTakesFewMailsAtATimeGetsAllMailsAndSeldomRefuses}</li>
 * <li>A mail server that is away costs probes and no attempts, and the lane keeps no jobs from other processes:
 *     {@code DeliverSlotsTest.aServerThatIsAwayCostsOnlyProbesAndGetsAllMailsLater},
 *     {@code LaneWorkerSlotsTest.aLaneWithoutSlotsReleasesWaitingJobsWithTheirAttemptAndClaimsNothing},
 *     {@code LaneWorkerSlotsTest.aProbingLaneHoldsOneJobOnly}</li>
 * <li>A lane claims only while it knows that nobody has paused it: not before the first heartbeat, and not later than two seconds after the
 *     last one: {@code LaneWorkerTest.aLaneClaimsNothingBeforeTheFirstHeartbeat},
 *     {@code LaneWorkerTest.aLaneClaimsNothingIfTheLastHeartbeatIsTooOld},
 *     {@code WorkerHeartbeatTest.aPausedLaneClaimsNothingUntilItIsResumed}</li>
 * </ul>
 *
 * <p><b>What happens if the process dies here.</b>
 *
 * <ul>
 * <li>Killed: its leases expire and the rescuer makes the jobs ready; each job has spent one attempt. A dialogue with the mail server that
 *     was under way is found by its mark and flagged.</li>
 * <li>Stopped by a signal: the lanes claim no more and release what waits, with its attempt. Stages under way may finish. A generate stage
 *     that does not finish in time is released, too; a dialogue is left until its lease expires. Then the row in the registry is
 *     deleted.</li>
 * <li>The database is away: the ends of stages are written again and again for as long as a lease lasts. After that the jobs are left to
 *     their leases, with one log line each. The lanes stop claiming by themselves. {@code database} logs that it is away and that it is
 *     back.</li>
 * </ul>
 */
@NullMarked
package io.weekly.worker;

import org.jspecify.annotations.NullMarked;
