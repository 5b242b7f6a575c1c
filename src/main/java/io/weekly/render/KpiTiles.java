package io.weekly.render;

import java.util.List;

/**
 * Key figures as tiles, up to four in a row: name, figure, and the change against before as an arrow, a signed share and the figure
 * before, so that nobody needs the colour to read it.
 */
final class KpiTiles {
    private static final double GAP = 10;
    private static final double PAD = 14;
    private static final String UP = "#17693a";
    private static final String DOWN = "#b42318";

    private final Chart chart;
    private final Look look;
    private final int columns;
    private final double wide;
    private final double tall;

    KpiTiles(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        int tiles = Math.max(1, chart.labels().size());
        int rows = (tiles + 3) / 4;
        this.columns = (tiles + rows - 1) / rows;
        this.wide = (chart.room().width() - GAP * (columns - 1)) / columns;
        this.tall = chart.compare() == null ? 64 : 98;
    }

    String draw() {
        int rows = Math.max(1, (chart.labels().size() + columns - 1) / columns);
        Svg svg = look.svg("chart kpi", chart.room().width(), rows * tall + (rows - 1) * GAP, chart);
        for (int i = 0; i < chart.labels().size(); i++) {
            tile(svg, i, i % columns * (wide + GAP), i / columns * (tall + GAP));
        }
        if (chart.labels().isEmpty()) {
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

    private String figure(Figures figures, double value, double room) {
        String figure = figures.of(value);
        return Letters.width(figure, 15, true) > room ? figures.compact(value) : figure;
    }

    private void change(Svg svg, Double value, Double before, Figures figures, double x, double y, double room) {
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
        svg.text(x, y + 16, "start", Look.SMALL, false, Look.QUIET, Letters.fit(before(before, figures), Look.SMALL, false, room));
    }

    private String before(Double before, Figures figures) {
        if (before == null) {
            return look.word("no_last_week");
        }
        return look.compareLegend().isEmpty() ? look.word("before", figures.of(before)) : look.compareLegend() + " " + figures.of(before);
    }
}
