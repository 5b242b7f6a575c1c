/**
 * Jobs: who works on which job, until when, and in which order.
 *
 * <p><b>Model.</b> A job is one stage of one report that waits or is under way. When the stage has ended, its row is deleted; the report
 * says what happened. A job has one of three states, and {@code due_at} has another meaning in each:
 *
 * <pre>
 *   scheduled ── JobStager, when due_at has come ──▶ ready ── claim ──▶ leased ── finish ──▶ (deleted)
 *       ▲                                              ▲                 │ │ │
 *       └────────────────── retry, with a pause ───────┼─────────────────┘ │ │
 *                                                      ├── release ────────┘ │   a drain: the attempt is given back
 *                                                      └── JobRescuer ───────┘   the lease ran out: the attempt is spent
 * </pre>
 *
 * <p>A job is also scheduled again if its stage could not begin ({@code putOff}), or if the mail server asked for it ({@code defer}). Both
 * give the attempt back. So attempts count our own failures, and workers that died. How long a mail server may defer a mail is limited in
 * time, by {@code weekly.delivery.defer-for}.
 *
 * <p><b>Order.</b> In a lane, on-demand jobs go before bulk jobs; then the turn decides. A turn is virtual time (start-time fair queueing;
 * Goyal, Vin and Cheng, SIGCOMM 1996): {@code max(turn of the lane, last turn of the tenant) + 1}. A job gets it when it becomes ready. A
 * tenant with 50,000 jobs takes the next 50,000 turns. A tenant with five jobs that comes later takes five turns from where the lane is
 * now, so its jobs are done between those of the large tenant.
 *
 * <p><b>Leases.</b> The database is the authority: its clock, its rows. A claim writes a token and an expiry time. A worker may work as
 * long as its token is in the row, and all that it writes at the end is checked against the token. So a lease that expired and was not
 * rescued yet is still good for finishing. The trust window of a worker begins with the answer to its claim and ends with the last expiry
 * time that it wrote; the renewer moves that on.
 *
 * <p><b>Pause.</b> The row of a lane is the authority ({@link io.weekly.queue.Lanes}). A claim does not read it, so claims cost the same
 * with and without it. Each process that works lanes reads the rows with its heartbeat, every second. What it read is valid for two
 * seconds. So two seconds after a pause was committed no process claims any more, even if heartbeats fail. The process that was asked reads
 * the rows at once. Stages under way finish. Jobs that only wait in a buffer are released with their attempt; {@code due_at} says that they
 * are ready since then.
 *
 * <p><b>Figures.</b> Each process keeps the figures of the last minute for each of its lanes, in a ring of fixed size ({@link
 * io.weekly.queue.LaneStats}). With each heartbeat it writes them into its row of the {@link io.weekly.queue.WorkerRegistry}. {@link
 * io.weekly.queue.QueueOverview} adds up the rows with a heartbeat in the last ten seconds, and counts the jobs. If a process dies or
 * leaves, its last minute is missing in the figures; nothing is missing in the reports.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>A job has at most one valid lease, no matter how many workers claim at the same time:
 *     {@code LeasesTest.eachJobIsClaimedByOneWorkerOnly}, {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>A worker that lost its lease can do nothing to the job: {@code LeasesTest.aLostLeaseCannotBeExtendedReleasedOrHandedOver},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>The trust window: no worker takes a job before its lease has expired, and until it is rescued its holder may still finish:
 *     {@code LeasesTest.aLeaseIsValidUntilItExpiresAndItsTokenUntilItIsRescued},
 *     {@code LeasesTest.aLeaseThatIsExtendedIsNotRescued}</li>
 * <li>A crash delays the jobs by the rest of their lease and the interval of the rescuer at most, and costs one attempt:
 *     {@code LeasesTest.anExpiredLeaseIsRescuedOnceAndItsAttemptIsSpent}</li>
 * <li>A released job has its attempt again: {@code LeasesTest.aReleasedJobHasItsAttemptBack}</li>
 * <li>There is one job for each report and lane, and one report for each tenant, definition, period, revision and recipient, even if they
 *     are enqueued again: {@code LeasesTest.enqueuingTwiceMakesOneJob},
 *     {@code RunEnqueuerTest.enqueuingARunAgainAddsNoReportAndNoJob},
 *     {@code RunEnqueuerTest.aRunOfSeveralChunksHasEachRecipientOnceAndThenAFinalDue}</li>
 * <li>On-demand jobs go first, tenants get equal shares, and no job waits for ever: {@code FairOrderTest.anOnDemandJobIsTheNextOne},
 *     {@code FairOrderTest.aJobWaitsOneRoundForEachEarlierJobOfItsTenant},
 *     {@code FairOrderTest.noJobWaitsForEverIfMoreJobsKeepComing}</li>
 * </ul>
 *
 * <p><b>What happens if the process dies here.</b> After a claim: the lease expires, the rescuer makes the job ready again, and one attempt
 * is spent. While the end of a stage is written: either the transaction was committed and the job is gone, or it was not and the lease
 * expires. A worker that comes back from a pause longer than its lease finds its token gone, and changes nothing. The row of a dead process
 * in the registry is not shown after ten seconds, and another process deletes it after sixty. The database is away: no heartbeat reads
 * anything, so after two seconds no lane even tries to claim, until a heartbeat gets through again. A paused lane stays paused.
 */
@NullMarked
package io.weekly.queue;

import org.jspecify.annotations.NullMarked;
