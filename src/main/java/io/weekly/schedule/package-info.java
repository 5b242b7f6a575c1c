/**
 * Schedules: when a definition's reports are due, and for which week.
 *
 * <p><b>Model.</b> A {@link io.weekly.schedule.Schedule} says that a tenant gets the reports of one definition every week at a
 * {@link io.weekly.schedule.SendTime}, in the zone of the tenant. {@code next_run_at} is its next occurrence as an instant. It is null
 * while the schedule is paused and after it has ended, so the query of the tick finds only schedules that can fire. {@code Tick} fires the
 * schedules that are due. The reports are about the week before the occurrence ({@link io.weekly.report.Period}). Package {@code run} does
 * the rest.
 *
 * <p>The API uses {@link io.weekly.schedule.Schedules}. {@code SchedulesOfTenant} changes the schedules of a tenant when its zone changes
 * or when it ends. {@code ScheduleChanges} is the only class that writes to the table {@code schedule}.
 *
 * <p><b>Proof.</b> {@link io.weekly.schedule.Reconciler} computes from the calendar and the audit trail which schedules should have fired
 * in a week, and compares them with the runs that exist. It does not use {@code next_run_at}, so it also finds errors of the tick.
 *
 * <p><b>Invariants.</b>
 * <ul>
 *   <li>An occurrence fires once, even if many replicas tick at the same time. The update of {@code next_run_at} has the old value as its
 *       condition, and the run is inserted in the same transaction.
 *   <li>In each zone, each ISO week has exactly one occurrence of a schedule, even if the clocks change.
 *   <li>When the zone of a tenant changes, {@code next_run_at} of its schedules changes in the same transaction. So no later tick uses the
 *       old zone, and no week is skipped or sent twice.
 * </ul>
 *
 * <p><b>If the process dies here.</b> A schedule whose transaction was not committed is still due; the next tick of any replica fires it.
 * After an outage {@link io.weekly.schedule.CatchUp} decides which missed occurrences fire.
 *
 * <p><b>Failure cases.</b> If the clocks skip the local time of a schedule, it fires at the end of the gap. If the clocks repeat the local
 * time, the schedule fires at the first one ({@link io.weekly.schedule.SendTime}). If a schedule cannot fire, the failure is logged, the
 * schedule stays due, and the other schedules fire.
 */
@NullMarked
package io.weekly.schedule;

import org.jspecify.annotations.NullMarked;
