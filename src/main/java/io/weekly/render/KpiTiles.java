package io.weekly.render;

import java.util.List;

/**
 * Key figures as tiles, up to four in a row: name, figure, and the change against before as an arrow, a signed share and the figure
 * before, so that nobody needs the colour to read it.
 */
final class KpiTiles {
    private static final double GAP = 10;
    private static final double PAD = 14;
    /** A drawing cannot be broken across pages: more tiles than that are told as a number. */
    private static final int MOST = 24;
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
        this.tiles = Math.min(MOST, chart.labels().size());
        this.rows = Math.max(1, (tiles + 3) / 4);
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
            svg.text(chart.room().width(), high + 15, "end", Look.SMALL, false, Look.QUIET, "+ " + look.figures().formats().integer(more));
        }
        if (tiles == 0) {
            svg.text(chart.room().width() / 2, tall / 2, "middle", 11, false, Look.QUIET, look.word("chart_empty"));
        }
        return svg.toString();
    }

    private void tile(Svg svg, int i, double x, double y) {
        double room = wide - 2 * PAD;
        Double value = chart.series().getFirst().values().get(i);
        svg.rect(x, y, wide, tall, look.brand().tint()).rect(x, y, 3, tall, look.brand().graphic());
        svg.text(x + PAD, y + 21, "start", 11.5, false, "#434b54", Letters.fit(chart.labels().get(i), 11.5, false, room));
        String figure = value == null ? "–" : figure(chart.figures(i, look), value, room);
        double size = Math.clamp(25 * room / Math.max(1, Letters.width(figure, 25, true)), 11, 25);
        svg.text(x + PAD, y + 49, "start", size, true, Look.INK, Letters.fit(figure, size, true, room));
        if (chart.compare() != null) {
            change(svg, value, chart.compare().values().get(i), chart.figures(i, look), x + PAD, y + 70, room);
        }
    }

    private String figure(ChartNumbers figures, double value, double room) {
        String figure = figures.of(value);
        return Letters.width(figure, 15, true) > room ? figures.compact(value) : figure;
    }

    private void change(Svg svg, Double value, Double before, ChartNumbers figures, double x, double y, double room) {
        Formats formats = look.figures().formats();
        String direction = formats.direction(value, before);
        String colour = direction.equals("up") ? UP : direction.equals("down") ? DOWN : Look.QUIET;
        double text = x;
        if (direction.equals("up")) {
            svg.area(List.of(new double[] {x, y - 1}, new double[] {x + 9, y - 1}, new double[] {x + 4.5, y - 9}), colour);
            text += 13;
        } else if (direction.equals("down")) {
            svg.area(List.of(new double[] {x, y - 9}, new double[] {x + 9, y - 9}, new double[] {x + 4.5, y - 1}), colour);
            text += 13;
        }
        svg.text(text, y, "start", 12, true, colour, Letters.fit(formats.change(value, before), 12, true, room - (text - x)));
        String told = before(before, figures);
        double size = Math.clamp(Look.SMALL * room / Math.max(1, Letters.width(told, Look.SMALL, false)), 8, Look.SMALL);
        svg.text(x, y + 16, "start", size, false, Look.QUIET, Letters.fit(told, size, false, room));
    }

    private String before(Double before, ChartNumbers figures) {
        if (before == null) {
            return look.word("no_last_week");
        }
        return look.compareLegend().isEmpty() ? look.word("before", figures.of(before)) : look.compareLegend() + " " + figures.of(before);
    }
}
