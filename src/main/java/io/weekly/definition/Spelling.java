package io.weekly.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody who misspelt a name may have meant. */
final class Spelling {
    private static final int MOST_EDITS = 2;

    private Spelling() {}

    /** {@code "; did you mean kpis?"}, or nothing where no known name is near. */
    static String hint(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> edits(written, name) <= Math.min(MOST_EDITS, written.length() / 2))
                .min(Comparator.<String>comparingInt(name -> edits(written, name)).thenComparing(Comparator.naturalOrder()))
                .map(Spelling::meant)
                .orElse("");
    }

    /** How the hint reads that names this one. */
    static String meant(String name) {
        return "; did you mean %s?".formatted(name);
    }

    /** Letters to add, leave out, change or swap with their neighbour; small and capital are the same letter. */
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
        var changed = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var least = Math.min(changed, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
    }
}
