/**
 * Jobs: who works on what, until when, and in which order.
 *
 * <p><b>Model.</b> A job is one stage of one report that is waiting or under way; when the stage has ended its row is deleted, and what
 * happened stands in the report. Its state is one of three, and {@code due_at} means something else in each:
 *
 * <pre>
 *   scheduled ── JobStager, when due_at has come ──▶ ready ── claim ──▶ leased ── finish ──▶ (deleted)
 *       ▲                                              ▲                 │ │ │
 *       └────────────────── retry, with a pause ───────┼─────────────────┘ │ │
 *                                                      ├── release ────────┘ │   a drain: the attempt is given back
 *                                                      └── JobRescuer ───────┘   the lease ran out: the attempt is spent
 * </pre>
 *
 * <p>A retry may also be one that was not begun ({@code putOff}), or that the mail server asked for ({@code defer}): both give the attempt
 * back. So attempts count what went wrong with us, and workers that died; how long a mail server may go on saying "not now" is bounded in
 * time, by {@code weekly.delivery.defer-for}.
 *
 * <p><b>Order.</b> Within a lane: on demand before bulk, then by turn. A turn is virtual time (start-time fair queueing; Goyal, Vin and
 * Cheng, SIGCOMM 1996): {@code max(the lane's turn, the tenant's last turn) + 1}, given when a job becomes ready. A tenant of 50,000
 * takes the next 50,000 turns; a tenant of five that comes later takes five from where the lane is now, and is served between them.
 *
 * <p><b>Leases.</b> The database is the authority: its clock, its rows. A claim writes a token and an expiry; whoever holds the pair
 * (job, token) may work, and everything that is written in the end is fenced by it: by the token, that is, so a lease
 * that ran out and was not rescued yet still finishes. The trust window of a worker is from the claim's
 * answer until the expiry that it last wrote; the heartbeat moves the expiry on while it lives.
 *
 * <p><b>Pause.</b> The row of a lane is the authority ({@link io.weekly.queue.Lanes}); a claim does not look at it and costs what it always
 * did. Each process that works lanes reads the rows with its beat, every second, and by what a beat read it claims for two seconds at most:
 * so two seconds after a pause was committed nobody claims any more, whether beats come through or not. In the process that was asked the
 * beat comes at once. What runs finishes; what only waits in a buffer is given back with its attempt, ready since then as far as {@code
 * due_at} knows.
 *
 * <p><b>Figures.</b> Each process keeps the last minute of each of its lanes in a ring of fixed size ({@link io.weekly.queue.LaneStats})
 * and writes it into its row of the {@link io.weekly.queue.WorkerRegistry} with each beat; {@link io.weekly.queue.QueueOverview} adds up those that
 * were seen in the last ten seconds, and counts the jobs. What a process did in the minute before it died or left goes from the figures
 * with its row; from the reports nothing goes.
 *
 * <p><b>Invariants</b>, each with the tests that hold it.
 *
 * <ul>
 * <li>One valid lease a job, however many claim at once: {@code LeasesTest.aClaimGivesEachJobToOneClaimerOnly},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>Whoever lost its lease can do nothing to the job: {@code LeasesTest.whoLostItsLeaseCannotExtendReleaseOrHandOver},
 *     {@code QueueModelTest.theRowsAreWhatTheModelSays}</li>
 * <li>The trust window: nobody takes a job before its lease has run out, and until it is rescued its holder may still finish:
 *     {@code LeasesTest.aLeaseIsTrustedUntilItRunsOutAndByItsTokenUntilItIsRescued},
 *     {@code LeasesTest.aLeaseThatIsExtendedIsNotRescued}</li>
 * <li>A crash costs what was held at most the rest of its lease, a look of the rescuer and one attempt:
 *     {@code LeasesTest.aLeaseThatRanOutIsRescuedOnceAndItsAttemptIsSpent}</li>
 * <li>What is given back has its attempt again: {@code LeasesTest.aReleasedJobHasItsAttemptBack}</li>
 * <li>One job a report and lane, and one report a tenant, definition, period, revision and recipient, whoever enqueues again:
 *     {@code LeasesTest.enqueuingTwiceMakesOneJob}, {@code RunEnqueuerTest.enqueuingARunAgainAddsNoReportAndNoJob},
 *     {@code RunEnqueuerTest.aRunOfSeveralChunksHasEachRecipientOnceAndThenAFinalDue}</li>
 * <li>On demand goes first, tenants share alike, and nobody waits for ever: {@code FairnessTest.onDemandIsTheVeryNext},
 *     {@code FairnessTest.aJobWaitsForAsManyRoundsAsItsTenantHasJobsBeforeIt},
 *     {@code FairnessTest.nobodyWaitsForEverHoweverManyComeLater}</li>
 * </ul>
 *
 * <p><b>What happens when it dies here.</b> After a claim: the lease runs out, the rescuer makes the job ready again, one attempt is spent.
 * While a job is being finished: either the transaction was committed and the job is gone, or it was not and the lease runs out. A worker
 * that comes back from a pause longer than its lease finds its token gone, and changes nothing. A process that dies leaves its row in the
 * registry: not shown after ten seconds, deleted after sixty by whichever lives. The database away: no beat learns anything, so after two
 * seconds no lane even tries to claim, until a beat comes through again; a pause stays a pause.
 */
package io.weekly.queue;
