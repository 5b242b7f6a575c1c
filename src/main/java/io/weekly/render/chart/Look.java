package io.weekly.render.chart;

import io.weekly.render.brand.Brand;
import io.weekly.render.brand.Palette;
import io.weekly.render.text.MessageText;
import io.weekly.render.text.Words;
import java.util.List;
import java.util.Map;

/**
 * How the charts of one report look and speak: the tenant's colours, the reader's numbers and words. {@code title}, {@code legend} and
 * {@code compareLegend} are the author's, or empty.
 */
public record Look(Brand brand, Palette palette, ChartNumbers figures, Map<?, ?> messages, String title, String legend, String compareLegend) {
    static final String INK = "#1b1f24";
    static final String QUIET = "#5b646e";
    static final String GRID = "#e3e6ea";
    static final String ZERO = "#8b939c";
    static final double SMALL = 10;

    /** A word in the reader's language, as the definition or else the service has it; {0}, {1}, … are filled in. */
    String word(String key, Object... arguments) {
        Object text = messages.get(key);
        if (text == null) {
            text = Words.of(figures.formats().locale()).get(key);
        }
        return MessageText.with(text.toString(), List.of(arguments));
    }

    /** An empty drawing with its text alternative. */
    Svg svg(String css, double width, double height, Chart chart) {
        String told = new ChartText(chart, this).toString();
        return new Svg(css, width, height, title.isEmpty() ? told : title, title.isEmpty() ? told : title + ". " + told);
    }
}
