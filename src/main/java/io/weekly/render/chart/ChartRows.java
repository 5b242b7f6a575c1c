package io.weekly.render.chart;

import io.weekly.render.brand.Palette;
import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Room;
import io.weekly.render.chart.Chart.Series;
import io.weekly.render.text.MessageText;
import io.weekly.render.text.Formats;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rows of a dataset, as a chart's tag names their columns, become labels and series. */
public final class ChartRows {
    private static final double LARGEST = 1e300;
    /** Below the shares of a donut: the greatest, and one more row for the others. */
    private static final int MOST_LOSSES = 4;
    private static final int LEAST = 8;
    private static final int MOST = 2000;
    private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, Object> given;
    private final Look look;
    private final Kind kind;

    public ChartRows(Map<String, Object> given, Look look) {
        this.given = given;
        this.look = look;
        this.kind = Kind.valueOf(text(given, "type"));
    }

    public Chart chart() {
        if (kind == Kind.sparkline && given.get("data") instanceof String list) {
            List<Double> values = numbers(list);
            return chart(Collections.nCopies(values.size(), ""), false, List.of(new Series("", values)), null, List.of());
        }
        if (!(given.get("data") instanceof List<?> data)) {
            throw new IllegalArgumentException("the chart's data are no rows of a dataset: " + given.get("data"));
        }
        List<Map<?, ?>> rows = data.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
        List.of("x", "y", "series", "compare").forEach(attribute -> known(rows, attribute));
        return switch (kind) {
            case donut -> donut(rows);
            case stacked, line, trend -> given.containsKey("series") ? bySeries(rows) : plain(rows);
            default -> plain(rows);
        };
    }

    private void known(List<Map<?, ?>> rows, String attribute) {
        String column = text(given, attribute);
        if (given.containsKey(attribute) && !rows.isEmpty() && !rows.getFirst().containsKey(column)) {
            throw new IllegalArgumentException("the chart's data have no column " + column + ", only " + rows.getFirst().keySet());
        }
    }

    private Chart plain(List<Map<?, ?>> rows) {
        List<String> labels = rows.stream().map(row -> label(row.get(text(given, "x")))).toList();
        boolean dates = rows.stream().allMatch(row -> day(row.get(text(given, "x"))) != null);
        Series series = new Series(look.legend(), column(rows, "y"));
        Series compare = given.containsKey("compare") ? new Series(look.compareLegend(), column(rows, "compare")) : null;
        return chart(labels, dates, List.of(series), compare, kind == Kind.kpi ? rows.stream().map(this::reads).toList() : List.of());
    }

    /**
     * Long format: a row for each label and series, in any order. What lies beyond the palette is added up as one more series, and that
     * while reading: every label by every series may be more than there is memory for.
     */
    private Chart bySeries(List<Map<?, ?>> rows) {
        Map<Object, Integer> labels = new LinkedHashMap<>();
        rows.forEach(row -> labels.putIfAbsent(String.valueOf(row.get(text(given, "x"))), labels.size()));
        List<String> names = new ArrayList<>(Collections.nCopies(labels.size(), ""));
        Map<String, Double[]> series = new LinkedHashMap<>();
        shown(rows).forEach(name -> series.put(name, new Double[labels.size()]));
        Double[] rest = new Double[labels.size()];
        boolean folded = false;
        for (Map<?, ?> row : rows) {
            Object x = row.get(text(given, "x"));
            int at = labels.get(String.valueOf(x));
            names.set(at, label(x));
            Double[] own = series.get(name(row.get(text(given, "series"))));
            Double[] values = own == null ? rest : own;
            values[at] = plus(values[at], number(row, "y"));
            folded |= own == null;
        }
        List<Series> all = new ArrayList<>();
        series.forEach((name, values) -> all.add(new Series(name, Arrays.asList(values))));
        if (folded) {
            all.add(new Series(look.word("other"), Arrays.asList(rest)));
        }
        boolean dates = rows.stream().allMatch(row -> day(row.get(text(given, "x"))) != null);
        return chart(names, dates, all.isEmpty() ? List.of(new Series("", List.of())) : all, null, List.of());
    }

    /** The names of the greatest series, in the order in which they come. */
    private List<String> shown(List<Map<?, ?>> rows) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (Map<?, ?> row : rows) {
            Double value = number(row, "y");
            sizes.merge(name(row.get(text(given, "series"))), value == null ? 0 : Math.abs(value), Double::sum);
        }
        Set<String> greatest = sizes.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(Palette.SIZE).map(Map.Entry::getKey).collect(Collectors.toSet());
        return sizes.keySet().stream().filter(greatest::contains).toList();
    }

    /**
     * The greatest first; what lies beyond the palette, or the room there is, is one more share. A name without a value is none. Trap:
     * a negative value is no share, and added to what others have it would lessen their whole: it stands below, by itself.
     */
    private Chart donut(List<Map<?, ?>> rows) {
        Map<String, Double> shares = new LinkedHashMap<>();
        rows.forEach(row -> {
            Double value = number(row, "y");
            if (value != null) {
                shares.merge(label(row.get(text(given, "x"))), value, Double::sum);
            }
        });
        List<Map.Entry<String, Double>> gains = shares.entrySet().stream().filter(share -> share.getValue() >= 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed()).toList();
        List<Map.Entry<String, Double>> losses = shares.entrySet().stream().filter(share -> share.getValue() < 0)
                .sorted(Map.Entry.comparingByValue()).toList();
        int most = DonutChart.mostRows(size("height", DonutChart.HIGH));
        int below = Math.min(losses.size(), gains.isEmpty() ? most : Math.max(1, Math.min(MOST_LOSSES, most / 3)));
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        fold(gains, most - below, names, values);
        fold(losses, below, names, values);
        return chart(names, false, List.of(new Series("", values)), null, List.of());
    }

    private void fold(List<Map.Entry<String, Double>> shares, int most, List<String> names, List<Double> values) {
        int named = Math.min(Palette.SIZE, shares.size() <= most ? shares.size() : most - 1);
        shares.stream().limit(named).forEach(share -> {
            names.add(share.getKey());
            values.add(share.getValue());
        });
        if (shares.size() > named) {
            names.add(look.word("other"));
            values.add(shares.stream().skip(named).mapToDouble(Map.Entry::getValue).sum());
        }
    }

    private Chart chart(List<String> labels, boolean dates, List<Series> series, Series compare, List<ChartNumbers> reads) {
        double width = size("width", kind == Kind.sparkline ? 96 : 656);
        double height = size("height", kind == Kind.sparkline ? 16 : kind == Kind.donut ? DonutChart.HIGH : 190);
        return new Chart(kind, labels, dates, series, compare, reads, new Room(width, height));
    }

    /** Key figures differ in what they are: their rows may say so in columns called format and currency. */
    private ChartNumbers reads(Map<?, ?> row) {
        ChartNumbers usual = look.figures();
        String currency = ChartRows.text(row, "currency");
        String format = ChartRows.text(row, "format");
        boolean own = !currency.isEmpty() || !format.isEmpty();
        return own ? ChartNumbers.of(usual.formats(), format, currency.isEmpty() ? usual.currency() : currency) : usual;
    }

    private List<Double> column(List<Map<?, ?>> rows, String attribute) {
        return Collections.unmodifiableList(new ArrayList<>(rows.stream().map(row -> number(row, attribute)).toList()));
    }

    private Double number(Map<?, ?> row, String attribute) {
        return switch (row.get(text(given, attribute))) {
            case null -> null;
            case Number number -> usable(number.doubleValue());
            case Object other -> throw new IllegalArgumentException(
                    "the chart's column " + text(given, attribute) + " holds no number: " + other);
        };
    }

    /** What sums and scales can be made of: two of the largest numbers there are would be infinite, and a part of the smallest nothing. */
    private static Double usable(double value) {
        return !(Math.abs(value) <= LARGEST) ? null : Double.valueOf(Math.abs(value) < 1 / LARGEST ? 0 : value);
    }

    /** {@code 3,4,,5} or {@code [3, 4, null, 5]}: what GROUP_CONCAT and JSON_ARRAYAGG write into one column of a row. */
    private static List<Double> numbers(String list) {
        List<Double> numbers = new ArrayList<>();
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

    private static Double plus(Double one, Double other) {
        return one == null ? other : other == null ? one : Double.valueOf(one + other);
    }

    private String label(Object value) {
        LocalDate day = day(value);
        if (day == null) {
            return name(value);
        }
        Formats formats = look.figures().formats();
        return switch (text(given, "label")) {
            case "weekday" -> formats.weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE);
            case "week" -> look.word("chart_week", formats.week(day));
            default -> formats.shortDate(day);
        };
    }

    /** The message of that name ({@code metric_revenue}), or the name; a tile's name is made presentable. */
    private String name(Object value) {
        String name = value == null || value.toString().isBlank() ? "–" : value.toString();
        if (look.messages().get("metric_" + name) instanceof String message) {
            return message;
        }
        return kind == Kind.kpi && NAME.matcher(name).matches() ? MessageText.label(name, name, Map.of()) : name;
    }

    private static LocalDate day(Object value) {
        return switch (value) {
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            case null, default -> null;
        };
    }

    private double size(String name, double otherwise) {
        String said = text(given, name);
        return said.isEmpty() ? otherwise : size(name, given.get(name));
    }

    /** The px that an attribute says, as a number or a text that is one: {@code width=150}, {@code width="150"}. */
    public static double size(String name, Object said) {
        double size = switch (said) {
            case Number number -> number.doubleValue();
            case Object text when WHOLE.matcher(text.toString()).matches() -> Integer.parseInt(text.toString());
            default -> Double.NaN;
        };
        if (!(size >= LEAST && size <= MOST)) {
            throw new IllegalArgumentException("a chart's %s is a number of px from %d to %d, not %s".formatted(name, LEAST, MOST, said));
        }
        return size;
    }

    public static String text(Map<?, ?> given, String name) {
        return given.get(name) == null ? "" : given.get(name).toString();
    }
}
