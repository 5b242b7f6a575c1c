package io.weekly.render.chart;

import io.weekly.render.text.Formats;
import io.weekly.render.text.Letters;
import java.util.List;

/**
 * Key figures as tiles, up to four in a row: name, figure, and the change against before as an arrow, a signed share and the figure
 * before, so that nobody needs the colour to read it.
 */
final class KpiTiles {
    private static final double GAP = 10;
    private static final double PAD = 14;
    private static final double ARROW = 13;
    private static final double LEAST_WIDE = 130;
    private static final int MOST_COLUMNS = 4;
    /** A drawing cannot be broken across pages: more tiles than that are told as a number. */
    private static final int MOST = 24;
    private static final int MOST_ROWS = 8;
    private static final double LEAST_SIZE = 8;
    private static final String UP = "#17693a";
    private static final String DOWN = "#b42318";

    private final Chart chart;
    private final Look look;
    private final int tiles;
    private final int rows;
    private final int columns;
    private final double wide;
    private final double tall;

    KpiTiles(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        int beside = (int) Math.clamp((chart.room().width() + GAP) / (LEAST_WIDE + GAP), 1, MOST_COLUMNS);
        this.tiles = Math.min(Math.min(MOST, beside * MOST_ROWS), chart.labels().size());
        this.rows = Math.max(1, (tiles + beside - 1) / beside);
        this.columns = Math.max(1, (tiles + rows - 1) / rows);
        this.wide = (chart.room().width() - GAP * (columns - 1)) / columns;
        this.tall = chart.compare() == null ? 64 : 98;
    }

    String draw() {
        int more = chart.labels().size() - tiles;
        double high = rows * tall + (rows - 1) * GAP;
        Svg svg = look.svg("chart kpi", chart.room().width(), high + (more > 0 ? 20 : 0), chart);
        for (int i = 0; i < tiles; i++) {
            tile(svg, i, i % columns * (wide + GAP), i / columns * (tall + GAP));
        }
        if (more > 0) {
            svg.text(chart.room().width(), high + 15, "end", Look.SMALL, false, Look.QUIET,
                    Letters.fit("+ " + look.figures().formats().integer(more), Look.SMALL, false, chart.room().width()));
        }
        if (tiles == 0) {
            svg.text(chart.room().width() / 2, tall / 2, "middle", 11, false, Look.QUIET,
                    Letters.fit(look.word("chart_empty"), 11, false, chart.room().width()));
        }
        return svg.toString();
    }

    private void tile(Svg svg, int i, double x, double y) {
        double pad = Math.min(PAD, wide / 10);
        double room = wide - 2 * pad;
        Double value = chart.series().getFirst().values().get(i);
        svg.rect(x, y, wide, tall, look.brand().tint()).rect(x, y, 3, tall, look.brand().graphic());
        svg.text(x + pad, y + 21, "start", 11.5, false, "#434b54", Letters.fit(chart.labels().get(i), 11.5, false, room));
        ChartNumbers figures = chart.figures(i, look);
        String figure = value == null ? "–" : figure(figures, value, room);
        svg.text(x + pad, y + 49, "start", size(figure, 25, true, room), true, Look.INK, figure);
        if (chart.compare() != null) {
            change(svg, value, chart.compare().values().get(i), figures, x + pad, y + 70, room);
        }
    }

    /** Compact where it is long, small where it is longer, and a dash where it would have to be cut: a part of a figure is another figure. */
    private static String figure(ChartNumbers figures, double value, double room) {
        String figure = figures.of(value);
        String told = Letters.width(figure, 15, true) > room ? figures.compact(value) : figure;
        return fits(told, true, room) ? told : "–";
    }

    private static boolean fits(String text, boolean bold, double room) {
        return Letters.width(text, LEAST_SIZE, bold) <= room;
    }

    private static double size(String text, double usual, boolean bold, double room) {
        return Math.clamp(usual * room / Math.max(1, Letters.width(text, usual, bold)), LEAST_SIZE, usual);
    }

    private void change(Svg svg, Double value, Double before, ChartNumbers figures, double x, double y, double room) {
        Formats formats = look.figures().formats();
        String direction = formats.direction(value, before);
        String colour = direction.equals("up") ? UP : direction.equals("down") ? DOWN : Look.QUIET;
        double text = x;
        if (room < ARROW) {
            direction = "";
        }
        if (direction.equals("up")) {
            svg.area(List.of(new double[] {x, y - 1}, new double[] {x + 9, y - 1}, new double[] {x + 4.5, y - 9}), colour);
            text += ARROW;
        } else if (direction.equals("down")) {
            svg.area(List.of(new double[] {x, y - 9}, new double[] {x + 9, y - 9}, new double[] {x + 4.5, y - 1}), colour);
            text += ARROW;
        }
        String change = formats.change(value, before);
        double beside = room - (text - x);
        if (fits(change, true, beside)) {
            svg.text(text, y, "start", size(change, 12, true, beside), true, colour, change);
        }
        String told = before == null ? Letters.fit(look.word("no_last_week"), LEAST_SIZE, false, room) : before(before, figures, room);
        svg.text(x, y + 16, "start", size(told, Look.SMALL, false, room), false, Look.QUIET, told);
    }

    /** As {@link #figure}, with what it is before it as far as there is room. */
    private String before(double before, ChartNumbers figures, double room) {
        for (String figure : List.of(figures.of(before), figures.compact(before))) {
            double beside = room - Letters.width(" " + figure, LEAST_SIZE, false);
            String told = look.compareLegend().isEmpty() ? look.word("before", figure)
                    : Letters.fit(look.compareLegend(), LEAST_SIZE, false, beside) + " " + figure;
            if (fits(told.strip(), false, room)) {
                return told.strip();
            }
        }
        String figure = figures.compact(before);
        return fits(figure, false, room) ? figure : "–";
    }
}
