package io.weekly.render.chart;

import io.weekly.render.brand.Palette;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shares of a donut, the largest first. If there are more names than colours in the palette or lines in the list, the values of the
 * smallest are added up to one more share. Rows without a value are left out.
 *
 * <p>Trap: a negative value is not a share of the whole: with it, the whole would be smaller than its parts. So negative values are listed
 * below the shares. If there are too many, they are added up separately.
 */
final class DonutShares {
    private static final int MAX_NEGATIVE = 4;

    private final String other;
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Double> values = new ArrayList<>();

    /** {@code maxRows} is how many names the list beside the ring has place for, 2 or more. */
    DonutShares(List<Map<?, ?>> rows, ChartCells cells, String other, int maxRows) {
        this.other = other;
        Map<String, Double> sums = new LinkedHashMap<>();
        rows.forEach(row -> {
            Double value = cells.number(row, "y");
            if (value != null) {
                sums.merge(cells.label(row), value, Double::sum);
            }
        });
        List<Map.Entry<String, Double>> shares = sums.entrySet().stream().filter(sum -> sum.getValue() >= 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed()).toList();
        List<Map.Entry<String, Double>> negative = sums.entrySet().stream().filter(sum -> sum.getValue() < 0)
                .sorted(Map.Entry.comparingByValue()).toList();
        int maxNegative = shares.isEmpty() ? maxRows : Math.max(1, Math.min(MAX_NEGATIVE, maxRows / 3));
        int negativeRows = Math.min(negative.size(), maxNegative);
        add(shares, maxRows - negativeRows);
        add(negative, negativeRows);
    }

    private void add(List<Map.Entry<String, Double>> sums, int maxRows) {
        int named = Math.min(Palette.SIZE, sums.size() <= maxRows ? sums.size() : maxRows - 1);
        sums.stream().limit(named).forEach(sum -> {
            names.add(sum.getKey());
            values.add(sum.getValue());
        });
        if (sums.size() > named) {
            names.add(other);
            values.add(sums.stream().skip(named).mapToDouble(Map.Entry::getValue).sum());
        }
    }

    List<String> names() {
        return names;
    }

    List<@Nullable Double> values() {
        return values;
    }
}
