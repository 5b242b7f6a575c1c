package io.weekly.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to a report without rows.
 *
 * @param datasets the report is empty if none of these has a row; all datasets if report.yaml names none
 */
public record WhenEmpty(Set<String> datasets, Then then) {

    /** {@code empty.then} in report.yaml. */
    public enum Then {
        /** Send the report as usual. Its templates say that there are no data. */
        SEND,
        /** Create no files and send no mail. */
        SKIP,
        /** Do not create the report files. Send a short mail that says that there are no data. */
        NOTE;

        static Optional<Then> of(String text) {
            return Arrays.stream(values()).filter(then -> then.name().toLowerCase(Locale.ROOT).equals(text)).findFirst();
        }
    }

    /** What to do with a report that has these figures. */
    public Then of(Map<String, List<Map<String, Object>>> figures) {
        return datasets.stream().allMatch(dataset -> figures.getOrDefault(dataset, List.of()).isEmpty()) ? then : Then.SEND;
    }
}
