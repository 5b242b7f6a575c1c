package io.weekly.render.chart;

import io.weekly.render.brand.Palette;
import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Series;
import io.weekly.render.text.Letters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One line or several, each with its last value, and its name where there are several, at its end: no legend to look up. A gap in the
 * data is a gap in the line. What the values are compared with is a second, paler line; a trend has its area filled.
 */
final class LineChart {
    private static final double SIZE = 10;
    private static final double LINE = 12.5;
    private static final double INSET = 9;
    private static final double LEAST_NAME = 40;
    /** Points closer than that are a line and no points. */
    private static final double SLOT_FOR_POINTS = 18;

    private record End(double x, double y, double value, String text, String colour, boolean bold) {}

    private final Chart chart;
    private final Look look;
    private final Legend legend;
    private final Axis axis;
    private final Frame frame;
    private final double beside;

    LineChart(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        boolean single = chart.series().size() == 1;
        this.legend = new Legend(chart.room().width());
        if (single && !chart.isEmpty()) {
            legend.add(look.legend(), look.brand().graphic()).add(chart.compares() ? look.compareLegend() : "", look.brand().soft());
        }
        int steps = chart.room().height() < 150 ? 3 : 4;
        this.axis = chart.kind() == Kind.trend ? Axis.of(chart.values(), steps) : Axis.close(chart.values(), steps);
        double widest = 0;
        for (int s = 0; s < chart.series().size(); s++) {
            String text = chart.isEmpty() ? "" : text(s);
            widest = Math.max(widest, Letters.width(text, SIZE, true));
        }
        this.beside = chart.isEmpty() ? 0 : widest + 4;
        this.frame = new Frame(chart, axis, look.figures(), legend, 8, 0, beside).fromEdgeToEdge(INSET);
    }

    String draw() {
        Svg svg = look.svg("chart", chart.room().width(), chart.room().height(), chart);
        legend.draw(svg);
        frame.grid(svg, look);
        frame.labels(svg);
        if (chart.isEmpty()) {
            return svg.toString();
        }
        if (chart.compares()) {
            line(svg, chart.compare(), look.brand().soft(), 1.5);
        }
        for (int s = chart.series().size() - 1; s >= 0; s--) {
            line(svg, chart.series().get(s), look.palette().colour(s), s < Palette.SIZE ? 2 : 1.25);
        }
        ends(svg);
        return svg.toString();
    }

    private void line(Svg svg, Series series, String colour, double thick) {
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i <= series.values().size(); i++) {
            Double value = i < series.values().size() ? series.values().get(i) : null;
            if (value != null) {
                run.add(new double[] {frame.middle(i), frame.y(value)});
            } else {
                stretch(svg, List.copyOf(run), colour, thick);
                run.clear();
            }
        }
    }

    private void stretch(Svg svg, List<double[]> run, String colour, double thick) {
        if (run.isEmpty()) {
            return;
        }
        if (chart.kind() == Kind.trend && thick >= 2 && run.size() > 1) {
            List<double[]> area = new ArrayList<>(run);
            area.add(new double[] {run.getLast()[0], frame.y(0)});
            area.add(new double[] {run.getFirst()[0], frame.y(0)});
            svg.area(area, look.brand().tint());
        }
        svg.polyline(run, colour, thick);
        boolean points = frame.slot >= SLOT_FOR_POINTS && thick >= 2 && chart.series().size() == 1;
        for (double[] point : points || run.size() == 1 ? run : List.<double[]>of()) {
            svg.circle(point[0], point[1], run.size() == 1 ? thick : 2.5, "#ffffff", colour, 1.5);
        }
    }

    /** The names and last values beside the lines' ends, moved apart where they would overlap; the greatest, where there is no room for all. */
    private void ends(Svg svg) {
        List<End> ends = new ArrayList<>();
        for (int s = 0; s < chart.series().size(); s++) {
            List<Double> values = chart.series().get(s).values();
            int last = values.size() - 1;
            while (last >= 0 && values.get(last) == null) {
                last--;
            }
            if (last >= 0) {
                String colour = look.palette().colour(s);
                double y = frame.y(values.get(last));
                svg.circle(frame.middle(last), y, s < Palette.SIZE ? 3.5 : 2, colour, "#ffffff", 1);
                if (!text(s).isEmpty()) {
                    ends.add(new End(frame.right + 3, y, values.get(last), text(s), Palette.ink(colour), s < Palette.SIZE));
                }
            }
        }
        double most = frame.bottom - 4;
        int room = (int) Math.floor((most - Math.max(4, frame.top - 4)) / LINE + 1);
        ends.sort(Comparator.comparingDouble((End end) -> Math.abs(end.value)).reversed());
        List<End> shown = new ArrayList<>(ends.subList(0, Math.clamp(room, 0, ends.size())));
        shown.sort(Comparator.comparingDouble(End::y));
        double[] y = apart(shown, most);
        for (int i = 0; i < shown.size(); i++) {
            End end = shown.get(i);
            svg.text(end.x, y[i] + 3.5, "start", SIZE, end.bold, end.colour, end.text);
        }
    }

    /** There is room for all of them between top and {@code most}. */
    private double[] apart(List<End> ends, double most) {
        double[] y = ends.stream().mapToDouble(End::y).toArray();
        for (int i = 1; i < y.length; i++) {
            y[i] = Math.max(y[i], y[i - 1] + LINE);
        }
        double free = most;
        for (int i = y.length - 1; i >= 0; i--) {
            y[i] = Math.min(y[i], free);
            free = y[i] - LINE;
        }
        return y;
    }

    private String text(int s) {
        Series series = chart.series().get(s);
        Double last = series.values().stream().filter(value -> value != null).reduce((_, later) -> later).orElse(null);
        if (last == null) {
            return "";
        }
        String value = look.figures().of(last);
        double most = chart.room().width() * 0.4;
        double wide = Letters.width(" " + value, SIZE, true);
        if (chart.series().size() == 1) {
            return wide <= most ? value : "";
        }
        double room = Math.min(chart.room().width() * 0.3, 170);
        return LEAST_NAME + wide <= most
                ? (Letters.fit(series.name(), SIZE, true, Math.max(LEAST_NAME, room - wide)) + " " + value).strip()
                : Letters.fit(series.name(), SIZE, true, room);
    }
}
