/**
 * Schedules: when a definition's reports are due, and for which week.
 *
 * <p><b>Model.</b> A {@link io.weekly.schedule.Schedule} says that a tenant gets the reports of one definition every week at a {@link
 * io.weekly.schedule.SendTime}, in the zone of the tenant. {@code next_run_at} is its next occurrence as an instant. It is null while the
 * schedule is paused and after it has ended, so the index of the tick holds only schedules that can fire. {@code Tick} fires the schedules
 * that are due. The reports are about the week before the occurrence ({@link io.weekly.report.Period}). Package {@code run} does the rest.
 *
 * <p>{@link io.weekly.schedule.Schedules} is what the API uses. {@code SchedulesOfTenant} applies changes of a tenant: its zone and its
 * end. {@code ScheduleChanges} is the only class that writes to the table {@code schedule}.
 *
 * <p><b>Proof.</b> {@link io.weekly.schedule.Reconciler} computes from the calendar and the audit trail which schedules should have fired
 * in a week, and compares them with the runs that exist. It does not use {@code next_run_at}.
 *
 * <p><b>Invariants.</b>
 * <ul>
 *   <li>An occurrence fires once, however many replicas tick: the update of {@code next_run_at} has the old value as its condition, and the
 *       run is inserted in the same transaction.
 *   <li>Each ISO week of a zone has exactly one occurrence of a schedule, also if clocks change.
 *   <li>When the zone of a tenant changes, {@code next_run_at} of its schedules changes in the same transaction. So no tick uses the old
 *       zone afterwards, and no week is lost or sent twice.
 * </ul>
 *
 * <p><b>If the process dies here.</b> A schedule whose transaction was not committed is still due; the next tick of any replica fires it.
 * After an outage {@link io.weekly.schedule.CatchUp} decides which missed occurrences fire.
 *
 * <p><b>Failure cases.</b> A local time that the clocks skip fires at the end of the gap. A local time that they repeat fires the first
 * time. See {@link io.weekly.schedule.SendTime}. A schedule that cannot fire is logged, stays due, and does not stop the others.
 */
@NullMarked
package io.weekly.schedule;

import org.jspecify.annotations.NullMarked;
