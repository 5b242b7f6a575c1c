package io.weekly.render;

import java.util.ArrayList;
import java.util.List;

/** A value axis that holds all values and zero, with ticks at numbers people use: 1, 2, 2.5 or 5 times a power of ten. */
record Axis(double from, double to, double step) {
    private static final double[] NICE = {1, 2, 2.5, 5, 10};

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
        double step = nice((high - low) / steps);
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

    /** Where a value stands between the two ends: 0 to 1. */
    double share(double value) {
        return (value - from) / (to - from);
    }

    private static double nice(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : NICE) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
