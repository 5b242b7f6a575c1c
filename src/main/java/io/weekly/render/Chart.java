package io.weekly.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A chart as inline SVG: bars of the days beside those of the week before, or a trend over weeks. Any data make a chart: none at all
 * leaves the axes, negative values hang below the zero line, huge ones get compact labels.
 */
record Chart(Kind kind, List<Point> points, String title, String legend, String compareLegend, double width, double height) {
    private static final String GRID = "#e3e6ea";
    private static final String ZERO = "#8b939c";
    private static final String QUIET = "#5b646e";
    private static final double SMALL = 10;
    private static final double BOTTOM = 22;

    enum Kind { bars, trend }

    /** {@code value} or {@code compare} is null where there is none. */
    record Point(String label, Double value, Double compare) {}

    String draw(Formats formats, Brand brand) {
        return new Canvas(formats, brand).draw();
    }

    private final class Canvas {
        private final Formats formats;
        private final Brand brand;
        private final Svg svg = new Svg(width, height, title);
        private final Axis axis = Axis.of(values(), height < 150 ? 3 : 4);
        private final double top = legend.isEmpty() ? 20 : 36;
        private final double left;
        private final double slot;

        Canvas(Formats formats, Brand brand) {
            this.formats = formats;
            this.brand = brand;
            this.left = axis.ticks().stream().mapToDouble(tick -> widthOf(label(tick), SMALL)).max().orElse(0) + 8;
            this.slot = (width - left - 4) / Math.max(1, points.size());
        }

        String draw() {
            legends();
            grid();
            if (kind == Kind.bars) {
                bars();
            } else {
                trend();
            }
            labels();
            return svg.toString();
        }

        private void legends() {
            double x = left;
            x = legend(x, legend, brand.graphic());
            if (points.stream().anyMatch(point -> point.compare != null)) {
                legend(x, compareLegend, brand.soft());
            }
        }

        private double legend(double x, String text, String colour) {
            if (text.isEmpty()) {
                return x;
            }
            svg.rect(x, 4, 9, 9, colour).text(x + 14, 12.5, "start", 10.5, false, QUIET, text);
            return x + 14 + widthOf(text, 10.5) + 20;
        }

        private void grid() {
            for (double tick : axis.ticks()) {
                boolean zero = Math.abs(tick) < axis.step() / 1000;
                svg.line(left, y(tick), width, y(tick), zero ? ZERO : GRID, zero ? 1 : 0.75);
                svg.text(left - 7, y(tick) + 3.5, "end", SMALL, false, QUIET, label(tick));
            }
        }

        private void bars() {
            double bar = Math.min(30, slot * 0.34);
            boolean pair = points.stream().anyMatch(point -> point.compare != null);
            boolean labelled = points.stream().allMatch(point -> point.value == null || widthOf(formats.figure(point.value), 9) <= slot - 4);
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                double x = middle(i) - (pair ? bar + 1 : bar / 2);
                bar(x, bar, point.value, brand.graphic());
                if (point.value != null && labelled) {
                    double beyond = point.value < 0 ? 11 : -4;
                    svg.text(x + bar / 2, y(point.value) + beyond, "middle", 9, true, brand.ink(), formats.figure(point.value));
                }
                bar(middle(i) + 1, bar, point.compare, brand.soft());
            }
        }

        private void bar(double x, double thick, Double value, String colour) {
            if (value != null && value != 0) {
                svg.rect(x, Math.min(y(value), y(0)), thick, Math.max(0.75, Math.abs(y(value) - y(0))), colour);
            }
        }

        private void trend() {
            List<double[]> run = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                if (points.get(i).value != null) {
                    run.add(new double[] {middle(i), y(points.get(i).value)});
                } else {
                    stretch(run);
                    run.clear();
                }
            }
            stretch(run);
            for (int i = 0; i < points.size(); i++) {
                if (points.get(i).value != null) {
                    marker(i);
                }
            }
        }

        /** A gap in the data is a gap in the line. */
        private void stretch(List<double[]> run) {
            if (run.size() > 1) {
                List<double[]> area = new ArrayList<>(run);
                area.add(new double[] {run.getLast()[0], y(0)});
                area.add(new double[] {run.getFirst()[0], y(0)});
                svg.area(area, brand.tint()).polyline(List.copyOf(run), brand.graphic(), 2);
            }
        }

        /** Only the ends are labelled: the line says the rest, and labels in between would run into it. */
        private void marker(int i) {
            double value = points.get(i).value;
            boolean last = i == points.size() - 1;
            svg.circle(middle(i), y(value), last ? 4 : 2.75, last ? brand.graphic() : "#ffffff", brand.graphic(), 1.5);
            double wide = widthOf(formats.figure(value), 10);
            if (last || i == 0 && wide < slot) {
                double side = value < 0 ? 17 : -9;
                svg.rect(middle(i) - wide / 2, y(value) + side - 9, wide, 11, "#ffffff");
                svg.text(middle(i), y(value) + side, "middle", last ? 10 : 9, last, last ? brand.ink() : QUIET, formats.figure(value));
            }
        }

        private void labels() {
            int every = (int) Math.ceil(points.stream().mapToDouble(p -> widthOf(p.label, SMALL) + 8).max().orElse(0) / slot);
            for (int i = 0; i < points.size(); i += Math.max(1, every)) {
                svg.text(middle(i), height - 6, "middle", SMALL, false, QUIET, points.get(i).label);
            }
        }

        private String label(double tick) {
            return Math.abs(axis.to()) >= 10_000 || Math.abs(axis.from()) >= 10_000 ? formats.compact(tick) : formats.figure(tick);
        }

        private double middle(int i) {
            return left + slot * (i + 0.5);
        }

        private double y(double value) {
            return top + (height - top - BOTTOM) * (1 - axis.share(value));
        }
    }

    private List<Double> values() {
        return points.stream().flatMap(point -> Stream.of(point).mapMulti((p, out) -> {
            out.accept(p.value);
            out.accept(p.compare);
        })).filter(Objects::nonNull).map(Double.class::cast).toList();
    }

    /** Close enough for our font, without loading it: a digit of Noto Sans is 0.572 em wide. */
    private static double widthOf(String text, double size) {
        return text.length() * size * 0.58;
    }
}
