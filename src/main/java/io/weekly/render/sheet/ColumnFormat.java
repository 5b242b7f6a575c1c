package io.weekly.render.sheet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a spreadsheet shows the values of a column, as a report.yaml says it: {@code columns: {value: money, share: percent}}. What no
 * format is said for goes by the values themselves.
 */
public enum ColumnFormat {
    INTEGER("#,##0"),
    DECIMAL("#,##0.00"),
    MONEY("#,##0.00"),
    /** Of a ratio: 0.1234 is 12.3 %. */
    PERCENT("0.0%"),
    /** Neither grouped nor rounded: years, numbers of invoices. */
    PLAIN("General"),
    /** The message for a name of the data's own, as {@code {k.metric.label('metric')}} is in a template; a CSV keeps the name. */
    LABEL("General");

    private final String pattern;

    ColumnFormat(String pattern) {
        this.pattern = pattern;
    }

    /** By its name in a report.yaml. */
    public static Optional<ColumnFormat> of(String text) {
        return Arrays.stream(values()).filter(format -> format.text().equals(text)).findFirst();
    }

    /** Their names, for whoever misspelt one. */
    public static String known() {
        return List.of(values()).stream().map(ColumnFormat::text).collect(Collectors.joining(", "));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As spreadsheets write it; {@code currency} is a code such as EUR, or empty. */
    String pattern(Optional<String> currency) {
        return this == MONEY && currency.isPresent() ? "[$%s] %s".formatted(currency.get(), pattern) : pattern;
    }
}
