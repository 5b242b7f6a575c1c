package io.weekly.render.chart;

import io.weekly.render.brand.Brand;
import io.weekly.render.brand.Palette;
import io.weekly.render.text.MessageText;
import io.weekly.render.text.ServiceMessages;
import io.weekly.text.ControlCharacters;
import java.util.List;
import java.util.Map;

/**
 * The style of one chart: the tenant's colours, the number formats and messages of the reader, and the texts of the author.
 *
 * @param messages of the definition, by key
 * @param title of the author; empty if there is none, as {@code legend} and {@code compareLegend} are
 */
public record ChartStyle(
        Brand brand, Palette palette, ChartNumbers numbers, Map<?, ?> messages, String title, String legend, String compareLegend) {
    static final String TEXT = "#1b1f24";
    static final String QUIET_TEXT = "#5b646e";
    static final String GRID_LINE = "#e3e6ea";
    static final String ZERO_LINE = "#8b939c";
    static final double SMALL_FONT = 10;

    /** The texts on one line, because an SVG text has one. */
    public ChartStyle {
        title = ControlCharacters.oneLine(title);
        legend = ControlCharacters.oneLine(legend);
        compareLegend = ControlCharacters.oneLine(compareLegend);
    }

    /** A message in the reader's language, of the definition or else of the service; {0}, {1}, … are replaced by the arguments. */
    String message(String key, Object... arguments) {
        Object text = messages.get(key);
        if (text == null) {
            text = ServiceMessages.of(numbers.formats().locale()).getOrDefault(key, key);
        }
        return ControlCharacters.oneLine(MessageText.with(text.toString(), List.of(arguments)));
    }

    /** An empty drawing with its text alternative. */
    Svg svg(String cssClass, double width, double height, Chart chart) {
        String summary = new ChartText(chart, this).toString();
        return new Svg(cssClass, width, height, title.isEmpty() ? summary : title, title.isEmpty() ? summary : title + ". " + summary);
    }
}
