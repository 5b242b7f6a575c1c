package io.weekly.render.sheet;

import io.weekly.text.Ellipsis;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Makes names of sheets that Excel accepts: 1 to 31 UTF-16 units without {@code [ ] : * ? / \}, unique regardless of case, and not
 * "History". If a workbook has any other name, Excel repairs or refuses it. An apostrophe becomes ’, because Excel uses apostrophes to
 * quote the names of sheets.
 */
final class SheetNames {
    private static final int MAX_LENGTH = 31;

    private final Set<String> taken = new HashSet<>(Set.of("history"));

    /** A name for the sheet with this title, which no sheet has yet. */
    String of(String title) {
        String allowed = CellText.fit(title).replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ").replace('\'', '’').strip();
        String wanted = allowed.isEmpty() ? "Sheet" : allowed;
        String name = Ellipsis.shortenUnits(wanted, MAX_LENGTH);
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = " (" + number + ")";
            name = Ellipsis.shortenUnits(wanted, MAX_LENGTH - suffix.length()) + suffix;
        }
        return name;
    }
}
