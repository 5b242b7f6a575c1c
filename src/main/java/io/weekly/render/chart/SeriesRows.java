package io.weekly.render.chart;

import io.weekly.render.brand.Palette;
import io.weekly.render.chart.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The series of rows in long format: one row for each label and series, in any order. The largest series have a colour of the palette. The
 * values of all other series are added up to one more series. They are added while the rows are read, because a table of all labels and all
 * series could need too much memory.
 */
final class SeriesRows {
    private final List<String> labels;
    private final List<Series> series = new ArrayList<>();

    SeriesRows(List<Map<?, ?>> rows, ChartCells cells, String other) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        rows.forEach(row -> positions.putIfAbsent(cells.labelKey(row), positions.size()));
        this.labels = new ArrayList<>(Collections.nCopies(positions.size(), ""));
        Map<String, @Nullable Double[]> shown = new LinkedHashMap<>();
        largest(rows, cells).forEach(name -> shown.put(name, new Double[positions.size()]));
        @Nullable Double[] rest = new Double[positions.size()];
        boolean hasRest = false;
        for (Map<?, ?> row : rows) {
            int at = positions.getOrDefault(cells.labelKey(row), 0);
            labels.set(at, cells.label(row));
            @Nullable Double[] own = shown.get(cells.series(row));
            @Nullable Double[] values = own == null ? rest : own;
            values[at] = ChartValues.sum(values[at], cells.number(row, "y"));
            hasRest |= own == null;
        }
        shown.forEach((name, values) -> series.add(new Series(name, Arrays.asList(values))));
        if (hasRest) {
            series.add(new Series(other, Arrays.asList(rest)));
        }
        if (series.isEmpty()) {
            series.add(new Series("", List.of()));
        }
    }

    List<String> labels() {
        return labels;
    }

    /** One at least, which is empty if there are no rows. */
    List<Series> series() {
        return series;
    }

    /** The names of the largest series, in the order of the rows. */
    private static List<String> largest(List<Map<?, ?>> rows, ChartCells cells) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (Map<?, ?> row : rows) {
            Double value = cells.number(row, "y");
            sizes.merge(cells.series(row), value == null ? 0 : Math.abs(value), Double::sum);
        }
        Set<String> largest = sizes.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(Palette.SIZE).map(Map.Entry::getKey).collect(Collectors.toSet());
        return sizes.keySet().stream().filter(largest::contains).toList();
    }
}
