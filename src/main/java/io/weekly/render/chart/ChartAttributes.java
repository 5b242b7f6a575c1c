package io.weekly.render.chart;

import io.weekly.render.text.DateTimeText;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attributes of a chart's tag, with their values for one report. */
public final class ChartAttributes {
    private static final int MIN_SIZE = 8;
    private static final int MAX_SIZE = 2000;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,4}");

    private final Map<String, ? extends @Nullable Object> values;

    /** {@code values} by the name of the attribute; null where the template gave NULL. */
    public ChartAttributes(Map<String, ? extends @Nullable Object> values) {
        this.values = values;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable Object get(String name) {
        return values.get(name);
    }

    /** The value as text; empty if the tag has no such attribute. */
    public String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : DateTimeText.ofValue(value);
    }

    /**
     * The attribute as a size in px, or {@code usual} if the tag does not say.
     *
     * @throws IllegalArgumentException if it is no number, or out of range
     */
    double size(String name, double usual) {
        Object value = values.get(name);
        return value == null || value.toString().isEmpty() ? usual : size(name, value);
    }

    /**
     * A size in px, as a number or a text that is one: {@code width=150}, {@code width="150"}.
     *
     * @throws IllegalArgumentException if it is no number, or out of range
     */
    public static double size(String name, Object value) {
        double size = switch (value) {
            case Number number -> number.doubleValue();
            case Object text when WHOLE_NUMBER.matcher(text.toString()).matches() -> Integer.parseInt(text.toString());
            default -> Double.NaN;
        };
        if (!(size >= MIN_SIZE && size <= MAX_SIZE)) {
            throw new IllegalArgumentException("a chart's %s is a number of px from %d to %d, not %s".formatted(
                    name, MIN_SIZE, MAX_SIZE, value));
        }
        return size;
    }
}
