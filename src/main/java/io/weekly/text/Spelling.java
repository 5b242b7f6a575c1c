package io.weekly.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known name that somebody may have misspelt. */
public final class Spelling {
    private static final int MAX_EDITS = 2;
    /** The comparison of two names takes the product of their lengths. A longer text is no misspelt name. */
    private static final int MAX_LENGTH = 100;

    private Spelling() {}

    /** {@code "; did you mean kpis?"}, or an empty text if no known name is similar. */
    public static String hint(String written, Collection<String> known) {
        return nearest(written, known).map(Spelling::suggestion).orElse("");
    }

    private static Optional<String> nearest(String written, Collection<String> known) {
        var maxEdits = Math.min(MAX_EDITS, written.length() / 2);
        return known.stream()
                .filter(name -> isComparable(written, name, maxEdits) && edits(written, name) <= maxEdits)
                .min(Comparator.<String>comparingInt(name -> edits(written, name)).thenComparing(Comparator.naturalOrder()));
    }

    /** The hint that suggests this name. */
    public static String suggestion(String name) {
        return "; did you mean %s?".formatted(name);
    }

    /** The number of edits is at least the difference of the lengths. */
    private static boolean isComparable(String written, String name, int maxEdits) {
        return written.length() <= MAX_LENGTH && Math.abs(written.length() - name.length()) <= maxEdits;
    }

    /** How many letters must be added, removed, replaced or swapped with their neighbour. Upper and lower case are equal. */
    private static int edits(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var edits = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        var replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
    }
}
