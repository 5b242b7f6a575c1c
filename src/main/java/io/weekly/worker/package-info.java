/**
 * The workers of this process: they claim jobs, run the stage of each job, and write the outcome.
 *
 * <p><b>Model.</b> Each lane of this process has a {@link io.weekly.worker.LaneWorker}. A lane has slots: the number of stages that may run
 * at the same time. It holds one lease for each slot, and a bounded buffer of leases for about half a second of further work. When half of
 * the buffer is empty, it claims more jobs. When this process enqueues a job, it claims at once. It finds the jobs of other processes by
 * polling. {@link io.weekly.worker.GenerateReport} and {@link io.weekly.worker.DeliverReport} are the two stages.
 * {@link io.weekly.worker.StageRunner} is the code that both share.
 *
 * <p>A stage ends with an {@link io.weekly.worker.Outcome}. This is a value with the new status of the report, the reason and the audit
 * event. {@link io.weekly.worker.BatchCompleter} collects the finished stages and writes many of them in one transaction. It locks the jobs
 * and keeps the stages whose lease is still valid. {@link io.weekly.worker.OutcomeWriter} writes only these.
 * {@link io.weekly.worker.WorkerEvents} writes the log lines and the meters.
 *
 * <p>{@link io.weekly.worker.LeaseRenewer} extends the leases. {@link io.weekly.worker.WorkerHeartbeat} reads once per second
 * ({@code weekly.worker.heartbeat-interval}) which lanes are paused. Then it updates the row of this process in the worker registry, with
 * the figures of its lanes. A process that serves only the API has no heartbeat and no row. All blocking work of the stages runs on the
 * {@link io.weekly.worker.RenderPool}.
 *
 * <p><b>Slots.</b> The generate lane has one slot for each thread of the render pool. A slot becomes free when its stage ends. A slot of
 * the deliver lane becomes free later, when the outcome is written: if the process dies before that, the mail may be sent again. So a crash
 * affects at most as many mails as there are slots.
 *
 * <p>A rendering that exceeds {@code weekly.render.timeout} is interrupted, and its report fails. Its thread is <i>abandoned</i> until it
 * returns: the lane has one slot less, and {@link io.weekly.worker.RenderLiveness} fails if more than half of the threads are abandoned.
 * {@link io.weekly.worker.TenantRenderSlots} gives the tenant one slot until a rendering succeeds; its other reports are put off.
 *
 * <p>The number of slots of the deliver lane follows the mail server; each process does this on its own.
 * {@link io.weekly.worker.DeliverSlots} reports the ends of dialogues to a {@link io.weekly.worker.CongestionWindow}, whose size is the
 * number of slots. It starts at {@code weekly.worker.max-deliveries}. When the server refuses service, the size is halved. Refusals of
 * dialogues that had begun before that do not halve it again. Then the size grows by one, up to the maximum, each time that the server has
 * taken as many mails as the size. When the server refuses a dialogue at size one, the lane backs off: it releases its waiting jobs and
 * claims nothing for a while. The first backoff is half a second to one second. Each next one is about twice as long, up to
 * {@code weekly.worker.max-backoff}. After each backoff the lane claims one job and tries one dialogue (a <i>probe</i>). When the server
 * takes a mail, the lane works normally again. The send rate ({@code weekly.delivery.rate-per-second}) is shared by all processes and does
 * not adapt.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>A worker without a valid lease changes nothing: {@code BatchCompleterTest.aWorkerThatLostItsLeaseChangesNothing}</li>
 * <li>The end of a job is written exactly once: {@code BatchCompleterTest.aStageEndsOnceEvenIfItIsCompletedSeveralTimes},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>Each outcome changes the report's status, reason and audit events as {@link io.weekly.worker.FinishedStage} defines:
 *     {@code FinishedStageTest.everyOtherEndHasItsStatusItsReasonAndItsEvent},
 *     {@code FinishedStageTest.aStageThatMayNotBeginYetChangesNoReportAndSaysUntilWhen}</li>
 * <li>No report is lost in a crash, and a mail that may have been sent twice is flagged:
 *     {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>A job that is released by a shutdown or a pause gets its attempt back: {@code CrashIT.aStopBySignalDrainsAndCostsNoAttempt},
 *     {@code LaneWorkerTest.aPauseReleasesWaitingJobsWithTheirAttemptAndLetsStagesFinish}</li>
 * <li>A failed report keeps its reason, and a user can retry it: {@code WorkersTest.aBrokenQueryFailsOnlyItsOwnReportsWithFileAndReason},
 *     {@code ReportVerbResourceLanesTest.whatFailedForEverFailsAgainAndIsCountedOnce}</li>
 * <li>A lane holds at most as many jobs as fit into its slots and its buffer. At most as many reports are rendered at the same time as the
 *     pool has threads: {@code LaneWorkerSlotsTest.aLaneHoldsNoMoreThanItHasRoomFor},
 *     {@code RenderPoolTest.noMoreReportsAreRenderedAtATimeThanThereAreThreads}</li>
 * <li>A tenant whose rendering timed out renders one report at a time until one succeeds, and cannot take all threads:
 *     {@code TenantRenderSlotsTest.afterTheThreadHasReturnedTheTenantHasOneSlotUntilARenderingSucceeds},
 *     {@code RenderPoolTest.threadsThatDoNotStopAreCountedAndTheProcessIsNotAliveIfTheyAreMoreThanHalf},
 *     {@code GenerateReportAllowedHoursTest.aReportWaitsIfItsTenantHasNoRenderSlotAndSpendsNoAttempt}</li>
 * <li>The window of the deliver lane has at least size one and at most the configured size. It follows the number of dialogues that the
 *     server accepts at the same time: {@code CongestionWindowTest.theSizeStaysBetweenOneAndTheMaximumAndNoPauseIsTooLong},
 *     {@code CongestionWindowTest.theSizeFollowsWhatTheServerTakes},
 *     {@code CongestionWindowTest.theWindowGrowsBackToItsMaximumAfterAnyNumberOfRefusals},
 *     {@code DeliverSlotsTest.aServerThatTakesFewMailsAtATimeGetsAllMailsAndSeldomRefuses}</li>
 * <li>While the mail server is unavailable, the lane only sends probes, no job loses an attempt, and the lane holds no jobs that other
 *     processes could take: {@code DeliverSlotsTest.aServerThatIsAwayCostsOnlyProbesAndGetsAllMailsLater},
 *     {@code LaneWorkerSlotsTest.aLaneWithoutSlotsReleasesWaitingJobsWithTheirAttemptAndClaimsNothing},
 *     {@code LaneWorkerSlotsTest.aProbingLaneHoldsOneJobOnly}</li>
 * <li>A lane claims only if a heartbeat of the last two seconds read that the lane is not paused. Before the first heartbeat it claims
 *     nothing: {@code LaneWorkerTest.aLaneClaimsNothingBeforeTheFirstHeartbeat},
 *     {@code LaneWorkerTest.aLaneClaimsNothingIfTheLastHeartbeatIsTooOld},
 *     {@code WorkerHeartbeatTest.aPausedLaneClaimsNothingUntilItIsResumed}</li>
 * </ul>
 *
 * <p><b>What happens if the process dies here.</b>
 *
 * <ul>
 * <li>The process is killed: its leases expire, and the rescuer of any process makes the jobs ready again. Each of these jobs has used one
 *     attempt. If a dialogue with the mail server was under way, the next worker finds the mark on the job and flags the delivery.</li>
 * <li>The process is stopped by a signal: the lanes claim no more jobs. They release the jobs that wait in the buffer, and these get their
 *     attempt back. Running stages may finish within {@code weekly.worker.shutdown-timeout}. After that, jobs of unfinished generate stages
 *     are released too. Jobs of unfinished deliver stages are not released: the mail may have been sent, so their leases must expire first.
 *     At the end the process deletes its row in the registry.</li>
 * <li>The database is away: the process tries to write the outcomes of stages for an hour. Then it gives up with one log line for each
 *     stage. A stage that cannot read from the database is tried again, and its attempt does not count. No heartbeat succeeds, so the lanes
 *     stop claiming within two seconds. After the outage the rescuer waits, so that the outcomes are written although the leases have
 *     expired. Package {@code database} logs the start and the end of the outage.</li>
 * <li>The source is away: the report is tried again later, and its attempt does not count:
 *     {@code GenerateReportAwayTest.aSourceThatRefusesConnectionsCostsNoAttemptAndItsOutageBeginsWithOneLine}</li>
 * </ul>
 */
@NullMarked
package io.weekly.worker;

import org.jspecify.annotations.NullMarked;
