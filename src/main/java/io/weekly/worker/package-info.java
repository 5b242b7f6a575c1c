/**
 * Works the lanes: claims jobs, does their stage, finishes them.
 *
 * <p><b>Model.</b> A {@link io.weekly.worker.LaneWorker} for each lane of this process holds a bounded buffer of leases: its places and
 * about half a second of work, refilled when half empty, woken at once by what this process enqueues, polling otherwise. {@link
 * io.weekly.worker.GenerateReport} and {@link io.weekly.worker.DeliverReport} each tell the story of a stage; what they end with is an
 * {@link io.weekly.worker.Outcome}, a value. {@link io.weekly.worker.BatchCompleter} turns outcomes into rows, many in one transaction, for
 * those leases only that are still valid under its lock. A place to generate is free when its stage has ended, whether that is written
 * yet or not; a place to deliver when it is written, since until then the mail may go out again. {@link io.weekly.worker.LeaseRenewer}
 * extends what is held. {@link io.weekly.worker.WorkerHeartbeat} says every second in the registry that this process lives and what its lanes
 * did, and tells them which are paused; a process that serves the API only has no beat and no row. Reactive code stops at one place, {@link
 * io.weekly.worker.RenderPool#submit}.
 *
 * <p><b>Places.</b> The generate lane has as many as the pool has threads. The deliver lane's follow the mail server, each process for
 * itself: {@link io.weekly.worker.DeliverSlots} hears how dialogues end and asks a {@link io.weekly.worker.CongestionWindow}. A refusal of
 * the service halves them, at most once for all that were under way together; a round that was taken adds one, up to {@code
 * weekly.worker.max-deliveries}. Refused at one place, the lane waits before the next dialogue, a second and doubling, a minute at most; it
 * gives back what it held and then claims one job for one probe. The first mail that is taken ends that. The send rate above it is shared
 * by all processes and does not adapt.
 *
 * <p><b>Invariants</b>, each with the tests that hold it.
 *
 * <ul>
 * <li>A worker without a valid lease changes nothing: {@code FinisherTest.whoLostItsLeaseChangesNothingHoweverItsStageEnded}</li>
 * <li>A job ends exactly once: {@code FinisherTest.aStageEndsOnceHoweverOftenItIsFinished},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>A crash loses nothing: {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>A drain costs no attempt: {@code CrashIT.aStopBySignalDrainsAndCostsNoAttempt},
 *     {@code LaneWorkerTest.aPauseGivesBackWhatWaitsWithItsAttemptAndLeavesWhatRuns}</li>
 * <li>What failed for good stays, with its reason, and can be tried again:
 *     {@code DeliveryTest.aBrokenQueryFailsItsReportsWithFileAndReasonAndNoOthers},
 *     {@code ReportVerbResourceLanesTest.whatFailedForEverFailsAgainAndIsCountedOnce}</li>
 * <li>No more jobs are held than places and buffer have room for, and no more are rendered at once than the pool has threads:
 *     {@code LaneWorkerTest.aLaneHoldsNoMoreThanItHasRoomFor}, {@code RenderPoolTest.noMoreAreRenderedAtOnceThanThereAreThreads}</li>
 * <li>The deliver lane has at least one place and at most those that are configured, and about as many as the server takes at once:
 *     {@code CongestionWindowTest.placesAreAlwaysBetweenOneAndTheMostAndNoWaitIsLongerThanTheLongest},
 *     {@code CongestionWindowTest.aServerThatTakesSoManyAtOnceLeadsToAboutSoManyPlaces},
 *     {@code CongestionWindowTest.afterARefusalOfAnyLengthTheWindowIsAsLargeAsEverAgain},
 *     {@code AdaptiveDeliveryTest.aServerThatTakesFewAtOnceGetsAllMailsAndHardlyEverRefuses}</li>
 * <li>A mail server that is away costs probes, no attempts, and nobody else the jobs that a lane holds:
 *     {@code AdaptiveDeliveryTest.aServerThatIsAwayCostsProbesAndGetsEverythingWhenItComesBack},
 *     {@code LaneWorkerTest.aLaneWithoutAPlaceGivesBackWhatWaitsWithItsAttemptAndClaimsNothing},
 *     {@code LaneWorkerTest.aLaneThatTriesWhetherItCanWorkHoldsOnlyWhatItTries}</li>
 * <li>A lane claims only while it knows that nobody has paused it, not before the first beat and not later than two seconds after the
 *     last: {@code LaneWorkerTest.aLaneThatWasNotToldYetWhetherItIsPausedClaimsNothing},
 *     {@code LaneWorkerTest.aLaneThatWasToldTooLongAgoClaimsNothing}</li>
 * </ul>
 *
 * <p><b>What happens when it dies here.</b> kill -9: the leases run out, the rescuer makes the jobs ready, one attempt each is spent; a
 * dialogue with the mail server that was under way is found by its mark and flagged. A stop by signal: lanes claim no more, what is
 * buffered goes back with its attempt, what runs may finish; generating that does not finish in time goes back too, a dialogue is left to
 * its lease. When all is drained its row leaves the registry. The database gone: a batch of ends is tried again for as long as a lease, then
 * left to theirs, a line for each; lanes stop claiming by themselves. That it is gone, and that it answers again, is logged by
 * {@code database}.
 */
package io.weekly.worker;
