package io.weekly.report;

import java.time.Instant;

/**
 * What the end of a stage changes in a report; null leaves a time or the version as it is.
 *
 * @param from the status that was stored until now
 * @param error null clears it
 */
public record ReportChange(
        ReportTask of,
        ReportStatus from,
        ReportStatus to,
        int attempt,
        String error,
        Instant startedAt,
        Instant generatedAt,
        Instant deliveredAt,
        String definitionVersion) {}
