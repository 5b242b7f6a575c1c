package io.weekly.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the name of a file in the store says.
 *
 * @param reportId the report that it belongs to; empty if the file has another name than those that {@link ReportStore} gives
 * @param isUnfinished whether it is a temporary file, which has its final name only when it is complete
 */
public record StoredName(Optional<String> reportId, boolean isUnfinished) {

    private static final Pattern OF_REPORT = Pattern.compile("(?:.*/)?([0-9a-f]{32})\\.[0-9a-f]{12,16}\\.[a-z]{1,8}(?:\\.enc)?");
    private static final Pattern UNFINISHED = Pattern.compile("(?:.*/)?\\.[0-9]{1,20}\\.part");

    /** Of the file with this path. */
    public static StoredName of(String path) {
        var ofReport = OF_REPORT.matcher(path);
        return new StoredName(
                ofReport.matches() ? Optional.of(ofReport.group(1)) : Optional.empty(), UNFINISHED.matcher(path).matches());
    }
}
