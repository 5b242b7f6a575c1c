package io.weekly.render.sheet;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of sheets as Excel takes them: 1 to 31 characters without {@code [ ] : * ? / \}, unique whatever the case, and not History.
 * Traps: it repairs, or refuses, a workbook with any other; an apostrophe would have to be doubled where a name is quoted, so it
 * becomes ’.
 */
final class SheetNames {
    private static final int LONGEST = 31;

    private final Set<String> taken = new HashSet<>(Set.of("history"));

    String of(String title) {
        String legal = CellText.fit(title).replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ").replace('\'', '’').strip();
        String wanted = legal.isEmpty() ? "Sheet" : legal;
        String name = shortened(wanted, LONGEST);
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = " (" + number + ")";
            name = shortened(wanted, LONGEST - suffix.length()) + suffix;
        }
        return name;
    }

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end).strip() + "…";
    }
}
