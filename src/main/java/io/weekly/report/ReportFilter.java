package io.weekly.report;

/** What a list of reports is narrowed to; null is everything. */
public record ReportFilter(
        String tenant, String recipient, String definition, String period, ReportStatus status, String run) {

    /** No filter at all. */
    public static final ReportFilter NONE = new ReportFilter(null, null, null, null, null, null);
}
