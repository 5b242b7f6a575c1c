package io.weekly.render.chart;

import io.weekly.render.text.FontMetrics;
import io.weekly.render.text.Formats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Key numbers as tiles, up to four in a row: name, value, and the change. The change is shown as an arrow, a percentage with its sign and
 * the value of the previous period. So readers can understand it without the colour.
 */
final class KpiTiles {
    private static final double GAP = 10;
    private static final double PAD = 14;
    private static final double ARROW = 13;
    private static final double MIN_TILE_WIDTH = 130;
    private static final int MAX_COLUMNS = 4;
    /** A drawing cannot continue on the next page. So at most this many tiles are drawn, and the others are only counted ("+ 3"). */
    private static final int MAX_TILES = 24;
    private static final int MAX_ROWS = 8;
    private static final double MIN_FONT_SIZE = 8;
    private static final String UP = "#17693a";
    private static final String DOWN = "#b42318";

    private final Chart chart;
    private final ChartStyle style;
    private final int tiles;
    private final int rows;
    private final int columns;
    private final double tileWidth;
    private final double tileHeight;

    KpiTiles(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        int perRow = (int) Math.clamp((chart.size().width() + GAP) / (MIN_TILE_WIDTH + GAP), 1, MAX_COLUMNS);
        this.tiles = Math.min(Math.min(MAX_TILES, perRow * MAX_ROWS), chart.labels().size());
        this.rows = Math.max(1, (tiles + perRow - 1) / perRow);
        this.columns = Math.max(1, (tiles + rows - 1) / rows);
        this.tileWidth = (chart.size().width() - GAP * (columns - 1)) / columns;
        this.tileHeight = chart.compare() == null ? 64 : 98;
    }

    String draw() {
        int more = chart.labels().size() - tiles;
        double height = rows * tileHeight + (rows - 1) * GAP;
        Svg svg = style.svg("chart kpi", chart.size().width(), height + (more > 0 ? 20 : 0), chart);
        for (int i = 0; i < tiles; i++) {
            tile(svg, i, i % columns * (tileWidth + GAP), i / columns * (tileHeight + GAP));
        }
        if (more > 0) {
            svg.text(chart.size().width(), height + 15, "end", ChartStyle.SMALL_FONT, false, ChartStyle.QUIET_TEXT,
                    FontMetrics.fit("+ " + style.numbers().formats().integer(more), ChartStyle.SMALL_FONT, false, chart.size().width()));
        }
        if (tiles == 0) {
            svg.text(chart.size().width() / 2, tileHeight / 2, "middle", 11, false, ChartStyle.QUIET_TEXT,
                    FontMetrics.fit(style.message("chart_empty"), 11, false, chart.size().width()));
        }
        return svg.toString();
    }

    private void tile(Svg svg, int i, double x, double y) {
        double pad = Math.min(PAD, tileWidth / 10);
        double width = tileWidth - 2 * pad;
        Double value = chart.series().getFirst().values().get(i);
        svg.rect(x, y, tileWidth, tileHeight, style.brand().tint()).rect(x, y, 3, tileHeight, style.brand().graphic());
        svg.text(x + pad, y + 21, "start", 11.5, false, "#434b54", FontMetrics.fit(chart.labels().get(i), 11.5, false, width));
        ChartNumbers numbers = chart.numbers(i, style);
        String figure = value == null ? "–" : value(numbers, value, width);
        svg.text(x + pad, y + 49, "start", size(figure, 25, true, width), true, ChartStyle.TEXT, figure);
        if (chart.compare() != null) {
            change(svg, value, chart.compared(i), numbers, x + pad, y + 70, width);
        }
    }

    /**
     * Writes a long value in compact form, and a dash if even that does not fit. A number is never cut, because it would become a different
     * number.
     */
    private static String value(ChartNumbers numbers, double value, double width) {
        String figure = numbers.of(value);
        String shortened = FontMetrics.width(figure, 15, true) > width ? numbers.compact(value) : figure;
        return fits(shortened, true, width) ? shortened : "–";
    }

    private static boolean fits(String text, boolean bold, double width) {
        return FontMetrics.width(text, MIN_FONT_SIZE, bold) <= width;
    }

    private static double size(String text, double usual, boolean bold, double width) {
        return Math.clamp(usual * width / Math.max(1, FontMetrics.width(text, usual, bold)), MIN_FONT_SIZE, usual);
    }

    private void change(Svg svg, @Nullable Double value, @Nullable Double before, ChartNumbers numbers, double x, double y, double width) {
        Formats formats = style.numbers().formats();
        String direction = formats.direction(value, before);
        String colour = direction.equals("up") ? UP : direction.equals("down") ? DOWN : ChartStyle.QUIET_TEXT;
        double textX = x;
        if (width < ARROW) {
            direction = "";
        }
        if (direction.equals("up")) {
            svg.area(List.of(new double[] {x, y - 1}, new double[] {x + 9, y - 1}, new double[] {x + 4.5, y - 9}), colour);
            textX += ARROW;
        } else if (direction.equals("down")) {
            svg.area(List.of(new double[] {x, y - 9}, new double[] {x + 9, y - 9}, new double[] {x + 4.5, y - 1}), colour);
            textX += ARROW;
        }
        String change = formats.change(value, before);
        double space = width - (textX - x);
        if (fits(change, true, space)) {
            svg.text(textX, y, "start", size(change, 12, true, space), true, colour, change);
        }
        String previous = before == null
                ? FontMetrics.fit(style.message("no_last_week"), MIN_FONT_SIZE, false, width)
                : previous(before, numbers, width);
        svg.text(x, y + 16, "start", size(previous, ChartStyle.SMALL_FONT, false, width), false, ChartStyle.QUIET_TEXT, previous);
    }

    /** As {@link #value}, after as much of its legend as fits. */
    private String previous(double before, ChartNumbers numbers, double width) {
        for (String figure : List.of(numbers.of(before), numbers.compact(before))) {
            double space = width - FontMetrics.width(" " + figure, MIN_FONT_SIZE, false);
            String labelled = style.compareLegend().isEmpty() ? style.message("before", figure)
                    : FontMetrics.fit(style.compareLegend(), MIN_FONT_SIZE, false, space) + " " + figure;
            if (fits(labelled.strip(), false, width)) {
                return labelled.strip();
            }
        }
        String figure = numbers.compact(before);
        return fits(figure, false, width) ? figure : "–";
    }
}
