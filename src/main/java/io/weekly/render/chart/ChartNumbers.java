package io.weekly.render.chart;

import io.weekly.render.text.Formats;
import io.weekly.render.text.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Writes the values of a chart in the reader's locale: as numbers, whole numbers, money or percentages.
 *
 * @param currency an ISO 4217 code; empty if there is none
 */
public record ChartNumbers(Formats formats, Format format, String currency) {
    private static final double COMPACT_FROM = 10_000;

    /** The formats, by their names in a template. */
    public enum Format { figure, integer, money, percent }

    /**
     * {@code format} and {@code currency} may be empty: without a format, values are money if there is a currency, else figures.
     *
     * @throws IllegalArgumentException if there is no such format or currency
     */
    public static ChartNumbers of(Formats formats, String format, String currency) {
        String wanted = format.isEmpty() ? currency.isEmpty() ? "figure" : "money" : format;
        if (Arrays.stream(Format.values()).noneMatch(one -> one.name().equals(wanted))) {
            throw new IllegalArgumentException("a chart has no format " + wanted + ", only " + Arrays.toString(Format.values()));
        }
        if (!currency.isEmpty()) {
            Money.currency(currency);
        }
        return new ChartNumbers(formats, Format.valueOf(wanted), currency);
    }

    /** One value: without decimals from a hundred on, compact ({@code 12.3M}) from ten million on. */
    public String of(double value) {
        return switch (format) {
            case percent -> formats.percent(value);
            case integer -> Math.abs(value) < 9_999_999.5 ? formats.integer(value) : formats.compact(value);
            case money -> Math.abs(value) < 99.995 ? money(value) : withCurrency(formats.figure(value));
            case figure -> Math.abs(value) < 0.01 && value != 0 ? tiny(value) : formats.figure(value);
        };
    }

    /** A small amount with the decimals of its currency: €45.00, ¥45. */
    private String money(double value) {
        return currency.isEmpty() ? formats.money(value) : formats.money(value, currency);
    }

    /** A value with three significant digits, for small spaces. */
    String compact(double value) {
        return switch (format) {
            case percent -> formats.percent(value);
            case money -> withCurrency(formats.compact(value));
            case integer, figure -> Math.abs(value) < 0.01 && value != 0 ? tiny(value) : formats.compact(value);
        };
    }

    /** The labels of an axis: all with the same decimals, or all compact if the numbers are long. */
    List<String> ticks(Axis axis) {
        boolean compact = Math.max(Math.abs(axis.from()), Math.abs(axis.to())) >= COMPACT_FROM && format != Format.percent;
        List<String> labels = axis.ticks().stream().map(tick -> compact ? compact(tick) : tick(tick, axis.step())).toList();
        boolean distinct = new HashSet<>(labels).size() == labels.size();
        return distinct ? labels : axis.ticks().stream().map(tick -> tick(tick, axis.step())).toList();
    }

    private String tick(double value, double step) {
        if (format == Format.percent) {
            return percent(value, digits(step * 100));
        }
        int digits = digits(step);
        String number = digits > 6 ? tiny(value) : formats.decimal(value, digits);
        return format == Format.money ? withCurrency(number) : number;
    }

    private String percent(double value, int digits) {
        NumberFormat percent = NumberFormat.getPercentInstance(formats.locale());
        percent.setMinimumFractionDigits(Math.min(digits, 6));
        percent.setMaximumFractionDigits(Math.min(digits, 6));
        return percent.format(value).replace('-', '\u2212');
    }

    /** {@code 1.5E−7}: a row of zeros would look like no value. */
    private String tiny(double value) {
        if (Math.abs(value) >= 0.0001) {
            return formats.decimal(value, Math.min(9, digits(value)));
        }
        DecimalFormat scientific = new DecimalFormat("0.##E0", DecimalFormatSymbols.getInstance(formats.locale()));
        return value == 0 ? "0" : scientific.format(value).replace('-', '\u2212');
    }

    /** How many decimals are needed to show two significant digits. */
    private static int digits(double step) {
        return Math.max(0, new BigDecimal(Math.abs(step)).round(new MathContext(2)).stripTrailingZeros().scale());
    }

    /** The number with its currency, before or after it as the locale asks: €12K, 12.000 €. */
    private String withCurrency(String number) {
        if (currency.isEmpty()) {
            return number;
        }
        return formats.withCurrency(number, Money.currency(currency));
    }
}
