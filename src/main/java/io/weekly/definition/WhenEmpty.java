package io.weekly.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a report that has nothing to say.
 *
 * @param datasets it is empty when none of these has a row; all of the definition's where the author names none
 */
public record WhenEmpty(Set<String> datasets, Then then) {

    /** As report.yaml names it. */
    public enum Then {
        /** The report as any other; its templates say that there is nothing. */
        SEND,
        /** Nothing is made and nobody gets a mail. */
        SKIP,
        /** No files; a short mail says that there is nothing. */
        NOTE;

        static Optional<Then> of(String text) {
            return Arrays.stream(values()).filter(then -> then.name().toLowerCase(Locale.ROOT).equals(text)).findFirst();
        }
    }

    /** What is to be done with a report of these figures. */
    public Then of(Map<String, List<Map<String, Object>>> figures) {
        return datasets.stream().allMatch(dataset -> figures.get(dataset).isEmpty()) ? then : Then.SEND;
    }
}
