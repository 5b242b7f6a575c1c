package io.weekly.report;

import org.jspecify.annotations.Nullable;

/** Filters for a list of reports. Null means no filter. */
public record ReportFilter(
        @Nullable String tenant, @Nullable String recipient, @Nullable String definition, @Nullable String period,
        @Nullable ReportStatus status, @Nullable String run) {

    /** No filter at all. */
    public static final ReportFilter NONE = new ReportFilter(null, null, null, null, null, null);
}
