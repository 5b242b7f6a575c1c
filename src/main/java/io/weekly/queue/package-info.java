/**
 * The job queue: which worker holds which job, until when, and in which order jobs are claimed.
 *
 * <p><b>Model.</b> A job is one stage of one report, either waiting or running. When the stage has ended, the row of the job is deleted,
 * and the report has the result. A job has one of three states. The column {@code due_at} depends on the state: when a scheduled job
 * becomes ready, since when a ready job has been ready, or when the lease of a leased job expires.
 *
 * <pre>
 *   scheduled ── JobStager, when due_at has come ──▶ ready ── claim ──▶ leased ── finish ──▶ (deleted)
 *       ▲                                              ▲                 │ │ │
 *       └────────────────── retry, with a pause ───────┼─────────────────┘ │ │
 *                                                      ├── release ────────┘ │   a pause or a shutdown: the attempt is given back
 *                                                      └── JobRescuer ───────┘   the lease has expired: the attempt counts
 * </pre>
 *
 * <p>Each claim counts as one attempt. {@code putOff} schedules a job again if its stage could not begin, and {@code defer} does so if the
 * mail server asked to try later. Both give the attempt back. So attempts count only failures on our side, workers that died, and mails
 * with an unknown outcome. Deferrals are limited by time instead ({@code weekly.delivery.defer-for}).
 *
 * <p><b>Order.</b> In each lane, on-demand jobs (reports that a user requested, and samples) are claimed before bulk jobs (reports of
 * runs). Jobs of the same priority are claimed in the order of their turns. A turn is a virtual time (start-time fair queueing; Goyal, Vin
 * and Cheng, SIGCOMM 1996). A job gets its turn when it becomes ready: {@code max(turn of the lane, last turn of the tenant) + 1}. The turn
 * of the lane (one for each priority) is the largest turn that was claimed so far. Example: a tenant with 50,000 jobs gets the next 50,000
 * turns. Later another tenant enqueues five jobs. They get the five turns after the current turn of the lane, so they are claimed between
 * the jobs of the large tenant.
 *
 * <p><b>Leases.</b> A claim writes a random token and an expiry time into the row of the job. The time is that of the database's clock, not
 * of a worker's. A worker may finish a job as long as its token is in the row: each transaction that writes an outcome checks the token
 * first. Only the rescuer removes the token of an expired lease. So a worker whose lease has expired can still finish the job until the
 * rescuer takes it. The trust window is the time in which no other worker can take the job. It begins with the answer to the claim and ends
 * with the expiry time that the worker wrote last. The renewer of the worker extends it.
 *
 * <p><b>Pause.</b> The table {@code lane} says which lanes are paused ({@link io.weekly.queue.Lanes}). A claim does not read this table,
 * because that would make every claim slower. Instead, each process that works lanes reads it once per second, with its heartbeat. The
 * result is valid for two seconds. So no process claims jobs of a lane later than two seconds after the commit of its pause, even if
 * heartbeats fail. The process that received the request reads the table at once. Running stages finish. Jobs that wait in a buffer are
 * released with their attempt, and their {@code due_at} is the time of the release.
 *
 * <p><b>Figures.</b> Each process counts what its lanes did in the last minute ({@link io.weekly.queue.LaneStats}). It writes these figures
 * with each heartbeat into its row of the {@link io.weekly.queue.WorkerRegistry}. {@link io.weekly.queue.QueueOverview} adds up the rows
 * with a heartbeat in the last ten seconds, and counts the jobs. If a process dies or stops, the overview lacks its figures of the last
 * minute. No report is affected.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>A job has at most one valid lease, no matter how many workers claim at the same time:
 *     {@code LeasesTest.eachJobIsClaimedByOneWorkerOnly}, {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>A worker that lost its lease cannot change the job: {@code LeasesTest.aLostLeaseCannotBeExtendedReleasedOrHandedOver},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>The trust window: no other worker gets a job before its lease has expired. Until the rescuer takes the job, its holder can still
 *     finish it: {@code LeasesTest.aLeaseIsValidUntilItExpiresAndItsTokenUntilItIsRescued},
 *     {@code LeasesTest.aLeaseThatIsExtendedIsNotRescued}</li>
 * <li>After a crash each job of the process waits at most for the rest of its lease, the interval of the rescuer and the poll interval of
 *     another worker. It has used one attempt: {@code LeasesTest.anExpiredLeaseIsRescuedOnceAndItsAttemptIsSpent}</li>
 * <li>A released job gets its attempt back: {@code LeasesTest.aReleasedJobHasItsAttemptBack}</li>
 * <li>A report has at most one job in each lane. Runs create at most one report for each tenant, definition, period, revision and
 *     recipient. Both hold even if the same chunk is enqueued twice: {@code LeasesTest.enqueuingTwiceMakesOneJob},
 *     {@code RunEnqueuerTest.enqueuingARunAgainAddsNoReportAndNoJob},
 *     {@code RunEnqueuerTest.aRunOfSeveralChunksHasEachRecipientOnceAndThenAFinalDue}</li>
 * <li>On-demand jobs are claimed first, tenants get equal shares, and no bulk job waits forever for other bulk jobs:
 *     {@code FairOrderTest.anOnDemandJobIsTheNextOne}, {@code FairOrderTest.aJobWaitsOneRoundForEachEarlierJobOfItsTenant},
 *     {@code FairOrderTest.noJobWaitsForEverIfMoreJobsKeepComing}</li>
 * </ul>
 *
 * <p><b>What happens if the process dies here.</b> If it dies after a claim, the lease expires, the rescuer makes the job ready again, and
 * one attempt is used. If it dies while it writes the end of a stage, the transaction was either committed, and the job is deleted, or not
 * committed, and the lease expires. If a worker is suspended for longer than its lease and the rescuer has taken the job, the worker does
 * not find its token and changes nothing. A lane that was paused stays paused, because the pause is stored. The overview omits the registry
 * row of a dead process after ten seconds, and the heartbeat of another process deletes the row after sixty seconds.
 */
@NullMarked
package io.weekly.queue;

import org.jspecify.annotations.NullMarked;
