/**
 * Reports: one report is for one recipient, one definition and one period.
 *
 * <p><b>Model.</b> A report is a row that users see. Its stored status changes only when a stage ends, in the transaction that ends the
 * stage. {@code generating} and {@code delivering} are not stored: they are derived from the lease of the report's job. So when a worker
 * dies, no status has to be repaired.
 *
 * <p><b>Who writes what.</b> {@link io.weekly.report.ReportRequests} creates reports on demand and samples; the package {@code run} creates
 * those of runs. {@link io.weekly.report.ReportTransitions} makes all later changes of a report's row. {@link
 * io.weekly.report.ReportStages} writes the rows of its files. {@link io.weekly.report.Reports} only reads.
 *
 * <p><b>Requests for a single report.</b> A user can cancel a report that has not started, retry one that ended without success, and
 * deliver one again. {@code ReportVerb} is the table that says when. {@link io.weekly.report.ReportVerbs} locks the report's job and row
 * first. So it acts before a worker claims the job or after the worker finishes, and never in between. While a worker holds the job, the
 * request is refused. If the run of the report had finished, it is reopened.
 *
 * <p><b>Samples.</b> A report with a {@code mail_to} is for review. It belongs to no run, its mail goes to that address, and its recipient
 * does not see it.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>There is one report for each tenant, definition, period, revision and recipient. The unique key {@code report_once} enforces that.
 *       A report on demand has its own id in that key, so it never conflicts with the report of a run.
 *   <li>Every change of a report's row increments {@code changes}. {@link io.weekly.report.ReportETag} depends on it.
 *   <li>Every change of status is counted for the run in the same transaction.
 * </ul>
 *
 * <p><b>Failures.</b> Each change is one transaction, so a process that dies leaves the report before or after the change. The signal that
 * wakes the workers can be lost; the queue polls, so the job only starts later.
 */
@NullMarked
package io.weekly.report;

import org.jspecify.annotations.NullMarked;
