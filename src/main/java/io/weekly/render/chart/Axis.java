package io.weekly.render.chart;

import java.util.ArrayList;
import java.util.List;

/** A value axis that includes all values and zero. Its ticks are round numbers: 1, 2, 2.5 or 5 times a power of ten. */
record Axis(double from, double to, double step) {
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    static Axis of(List<Double> values, int steps) {
        double low = 0;
        double high = 0;
        boolean whole = true;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            whole &= value == Math.rint(value);
        }
        if (high == low) {
            return new Axis(0, 1, 1);
        }
        return between(low, high, steps, whole);
    }

    /** For lines, which do not need zero: values that differ only a little use the whole height. */
    static Axis close(List<Double> values, int steps) {
        double low = values.stream().mapToDouble(value -> value).min().orElse(0);
        double high = values.stream().mapToDouble(value -> value).max().orElse(0);
        boolean near = low > 0 && high - low < high / 4 && high - low > high * 1e-9;
        return near ? between(low, high, steps, values.stream().allMatch(value -> value == Math.rint(value))) : of(values, steps);
    }

    private static Axis between(double low, double high, int steps, boolean whole) {
        double step = roundUp((high - low) / steps);
        if (whole) {
            step = Math.max(1, Math.ceil(step));
        }
        return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round((to - from) / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /** The position of a value between the two ends: 0 to 1. */
    double share(double value) {
        return (value - from) / (to - from);
    }

    private static double roundUp(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : ROUND) {
            if (factor * power >= step * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
