package io.weekly.owner;

import io.weekly.report.ReportStatus;

/**
 * A report that did not reach its reader.
 *
 * @param reason what failed, or the reply of a mail system; empty if neither is known
 * @param userId of the reader
 * @param name of the reader
 */
record ReportProblem(ReportStatus status, String reason, String userId, String name) {}
