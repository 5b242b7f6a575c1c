package io.weekly.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a report at the end of a stage. If a time or the version is null, it stays as it is.
 *
 * @param of the report
 * @param from the stored status before the change
 * @param error why it failed or is tried again; null clears the stored error
 */
public record ReportChange(
        ReportTask of,
        ReportStatus from,
        ReportStatus to,
        int attempt,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant generatedAt,
        @Nullable Instant deliveredAt,
        @Nullable String definitionVersion) {}
