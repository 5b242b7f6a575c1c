package io.weekly.render.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a chart: null is a missing value. */
final class ChartValues {
    private static final double MAX_VALUE = 1e300;

    private ChartValues() {}

    /**
     * The number; null if it is too large for sums (two of the largest doubles add up to infinity), and 0 if it is too small for scales (a
     * fraction of the smallest double is 0).
     */
    static @Nullable Double usable(double value) {
        if (!(Math.abs(value) <= MAX_VALUE)) {
            return null;
        }
        return Math.abs(value) < 1 / MAX_VALUE ? 0 : value;
    }

    static @Nullable Double sum(@Nullable Double one, @Nullable Double other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + other;
    }

    /**
     * The numbers of a list in one column: {@code 3,4,,5} as GROUP_CONCAT writes it, or {@code [3, 4, null, 5]} as JSON_ARRAYAGG does.
     *
     * @throws IllegalArgumentException if one of them is no number
     */
    static List<@Nullable Double> parse(String list) {
        List<@Nullable Double> numbers = new ArrayList<>();
        String bare = list.strip().replaceAll("^\\[|]$", "");
        for (String text : bare.isBlank() ? new String[0] : bare.split(",", -1)) {
            String number = text.strip().replace("\"", "");
            try {
                numbers.add(number.isEmpty() || number.equals("null") ? null : usable(Double.parseDouble(number)));
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException("the sparkline's data hold no number: " + number);
            }
        }
        return numbers;
    }
}
