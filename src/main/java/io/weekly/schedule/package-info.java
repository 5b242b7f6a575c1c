/**
 * When reports are due, and for which week.
 *
 * <p><b>Model.</b> A {@link io.weekly.schedule.Schedule} is a tenant's wish to have one definition sent every week at a
 * {@link io.weekly.schedule.SendTime}, in the tenant's own zone. {@code next_run_at} is its next occurrence as an instant, null while it
 * is paused or once it has ended, so that the tick's index holds only what can fire. A {@link io.weekly.schedule.Period} is the ISO week
 * that a report is about.
 *
 * <p><b>Failure cases.</b> A local time that a zone's clocks skip or repeat is sent once, never twice and never not at all; see
 * {@link io.weekly.schedule.SendTime}. When a tenant's zone changes, {@code next_run_at} of its schedules changes in the same
 * transaction: between the two there is no moment at which a tick could fire by the old one.
 */
package io.weekly.schedule;
