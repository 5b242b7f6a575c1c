/**
 * Reports: the record of one report for one recipient, definition and period, and the changes of its status.
 *
 * <p><b>Model.</b> A report is a row in the database. Users see it, and it is kept after its job is deleted. A worker changes the stored
 * status only when a stage ends, in the same transaction as the end of the job. The statuses {@code generating} and {@code delivering} are
 * not stored. They are derived: the report has a job that a worker has leased. So no status has to be repaired when a worker dies.
 *
 * <p><b>Who writes what.</b> {@link io.weekly.report.ReportRequests} creates reports on demand and samples; the package {@code run}
 * creates those of runs. {@link io.weekly.report.ReportTransitions} makes all later changes of a report's row. {@link
 * io.weekly.report.ReportStages} writes the rows of its files, and {@link io.weekly.report.ReportWarnings} the row of its warnings, if it
 * has any. {@link io.weekly.report.OrderCounts} counts what a tenant orders by hand. {@link io.weekly.report.Reports} reads reports and
 * writes nothing.
 *
 * <p><b>Requests for a single report.</b> A user can cancel a report that has not started, retry one that ended without success, and
 * deliver one again. {@code ReportVerb} has a table of the statuses that allow each request. {@link io.weekly.report.ReportVerbs} first
 * locks the report's job and row, so the job cannot be claimed or finished during the request. While a worker holds the job, the request is
 * refused. A retry or a new delivery reopens the run of the report if the run had finished. {@link io.weekly.report.FailedReports} retries
 * many reports of a run in one transaction.
 *
 * <p><b>Samples.</b> A sample is a report that somebody else reviews. Its column {@code mail_to} has the address of the reviewer, who gets
 * the mail. A sample belongs to no run, and its recipient does not see it.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>Runs create at most one report for each tenant, definition, period, revision and recipient. The unique key {@code report_once}
 *       enforces that. For a report on demand, the key contains the report's own id, so it never conflicts with the report of a run.
 *   <li>Every change of a report's row increments {@code changes}. {@link io.weekly.report.ReportETag} depends on it.
 *   <li>Every change of status is counted for the run in the same transaction.
 * </ul>
 *
 * <p><b>Failures.</b> Each change is one transaction. If the process dies, either the whole change is stored or nothing of it. The signal
 * that wakes the workers of this process can be lost then. Workers also poll, so the job only starts later.
 */
@NullMarked
package io.weekly.report;

import org.jspecify.annotations.NullMarked;
