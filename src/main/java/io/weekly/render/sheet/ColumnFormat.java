package io.weekly.render.sheet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The format of a column in a spreadsheet, as report.yaml names it: {@code columns: {value: money, share: percent}}. Without a format, the
 * values of the column decide.
 */
public enum ColumnFormat {
    INTEGER("#,##0"),
    DECIMAL("#,##0.00"),
    MONEY("#,##0.00"),
    /** For a ratio: 0.1234 is 12.3 %. */
    PERCENT("0.0%"),
    /** Neither grouped nor rounded, for years and invoice numbers. */
    PLAIN("General"),
    /** The message for a name in the data, like {@code {k.metric.label('metric')}} in a template. A CSV keeps the name. */
    LABEL("General");

    private final String pattern;

    ColumnFormat(String pattern) {
        this.pattern = pattern;
    }

    /** The format with this name in report.yaml. */
    public static Optional<ColumnFormat> of(String text) {
        return Arrays.stream(values()).filter(format -> format.text().equals(text)).findFirst();
    }

    /** The names of all formats, for error messages. */
    public static String known() {
        return Arrays.stream(values()).map(ColumnFormat::text).collect(Collectors.joining(", "));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The number format of Excel. {@code currency} is an ISO 4217 code such as EUR. */
    String pattern(Optional<String> currency) {
        return this == MONEY && currency.isPresent() ? "[$%s] %s".formatted(currency.get(), pattern) : pattern;
    }
}
