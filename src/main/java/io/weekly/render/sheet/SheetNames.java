package io.weekly.render.sheet;

import io.weekly.text.Ellipsis;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of sheets as Excel takes them: 1 to 31 characters without {@code [ ] : * ? / \}, unique whatever the case, and not History.
 * Traps: it repairs, or refuses, a workbook with any other; an apostrophe would have to be doubled where a name is quoted, so it
 * becomes ’.
 */
final class SheetNames {
    private static final int MAX_LENGTH = 31;

    private final Set<String> taken = new HashSet<>(Set.of("history"));

    String of(String title) {
        String legal = CellText.fit(title).replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ").replace('\'', '’').strip();
        String wanted = legal.isEmpty() ? "Sheet" : legal;
        String name = Ellipsis.shortenUnits(wanted, MAX_LENGTH);
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = " (" + number + ")";
            name = Ellipsis.shortenUnits(wanted, MAX_LENGTH - suffix.length()) + suffix;
        }
        return name;
    }
}
