package io.weekly.render.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.CompactNumberFormat;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Currency;
import java.util.Locale;

/**
 * Numbers and dates as the readers of one locale write them. One for each rendering: {@link NumberFormat} is not safe between threads.
 * A minus is U+2212, as wide as a plus; French groups by U+202F, which our font has. What it cannot show of a locale is written as
 * {@link Reading} says.
 */
public final class Formats {
    private static final char MINUS = '\u2212';
    private static final BigDecimal COMPACT_FROM = new BigDecimal("9999999.5");
    private static final BigDecimal COMPACT_MONEY_FROM = new BigDecimal("999.5");
    private static final BigDecimal LARGEST_CHANGE = new BigDecimal("9.995");

    private final Reading reading;
    private final Money money;
    private final NumberFormat plain;
    private final NumberFormat compact;
    private final DateTimeFormatter dayAndMonth;

    public Formats(Locale locale) {
        this.reading = Reading.of(locale);
        this.money = new Money(reading);
        this.plain = NumberFormat.getNumberInstance(reading.numbers());
        this.compact = NumberFormat.getCompactNumberInstance(reading.compact(), NumberFormat.Style.SHORT);
        this.dayAndMonth = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(reading.dates());
        plain.setRoundingMode(RoundingMode.HALF_UP);
        compact.setRoundingMode(RoundingMode.HALF_UP);
        ((CompactNumberFormat) compact).setGroupingSize(3);
    }

    /** That of the numbers: the reader's own as far as our font shows it, with digits that it shows. */
    public Locale locale() {
        return reading.numbers();
    }

    /** {@code 12,346} */
    public String integer(Number value) {
        return decimal(value, 0, 0);
    }

    /** {@code 12,345.60} with exactly so many digits. */
    public String decimal(Number value, int digits) {
        return decimal(value, digits, digits);
    }

    /** Money without its currency, which the data do not name: {@code 12,345.60}. */
    public String money(Number value) {
        return decimal(value, 2);
    }

    /**
     * Money in a currency of ISO 4217: {@code €12,345.60}, {@code 12.345,60 €}, {@code ¥12,346}.
     *
     * @throws IllegalArgumentException where there is no such currency
     */
    public String money(Number value, String currency) {
        return tidy(money.amount(exact(value), Money.currency(currency)));
    }

    /** {@code €12.3M}, {@code 12,3 Mio. €}: three digits that count; below a thousand as {@link #money(Number, String)} writes it. */
    public String compactMoney(Number value, String currency) {
        BigDecimal exact = exact(value);
        return exact.abs().compareTo(COMPACT_MONEY_FROM) < 0
                ? money(exact, currency)
                : tidy(money.around(compact(exact.abs()), exact.signum() < 0, Money.currency(currency)));
    }

    /** {@code 12.3K}, {@code 12,3 Mio.}: three digits that count. Trap: the JDK drops the fraction of a BigDecimal here, not of a double. */
    public String compact(Number value) {
        double real = exact(value).doubleValue();
        compact.setGroupingUsed(false);
        compact.setMaximumFractionDigits(0);
        String whole = compact.format(real);
        long digits = whole.chars().filter(Character::isDigit).count();
        compact.setGroupingUsed(digits > (reading.ungroupedThousands() ? 4 : 3));
        compact.setMaximumFractionDigits(Math.abs(real) < 1 ? 2 : (int) Math.max(0, 3 - digits));
        return tidy(compact.format(real));
    }

    /** What a small space takes: whole up to ten million (two digits below a hundred), compact above. */
    public String figure(Number value) {
        BigDecimal exact = exact(value);
        if (exact.abs().compareTo(COMPACT_FROM) >= 0) {
            return compact(exact);
        }
        return exact.abs().compareTo(BigDecimal.valueOf(100)) < 0 ? decimal(exact, 0, 2) : integer(exact);
    }

    /** A ratio as a percentage: 0.1234 is {@code 12.3%}. */
    public String percent(Number ratio) {
        NumberFormat percent = NumberFormat.getPercentInstance(reading.numbers());
        percent.setRoundingMode(RoundingMode.HALF_UP);
        percent.setMinimumFractionDigits(1);
        percent.setMaximumFractionDigits(1);
        return tidy(percent.format(exact(ratio)));
    }

    /** How much more or less than before, with its sign; a dash where there is nothing to compare with. */
    public String change(Number now, Number before) {
        BigDecimal ratio = ratio(now, before);
        if (ratio == null) {
            return "–";
        }
        if (ratio.compareTo(LARGEST_CHANGE) > 0) {
            return ">\u202f+" + percentWhole(9.99);
        }
        if (ratio.compareTo(LARGEST_CHANGE.negate()) < 0) {
            return "<\u202f" + percentWhole(-9.99);
        }
        return (ratio.signum() > 0 ? "+" : "") + percent(ratio);
    }

    /** {@code up}, {@code down}, {@code flat} or {@code unknown}: for styles and arrows. */
    public String direction(Number now, Number before) {
        BigDecimal ratio = ratio(now, before);
        if (ratio == null) {
            return "unknown";
        }
        return switch (ratio.signum()) {
            case 1 -> "up";
            case -1 -> "down";
            default -> "flat";
        };
    }

    /** {@code Nov 16}, {@code 16. Nov.} */
    public String shortDate(LocalDate day) {
        return dayAndMonth.format(day);
    }

    /** {@code November 16, 2026}, {@code 16. November 2026} */
    public String longDate(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(reading.dates()).format(day);
    }

    public String weekday(DayOfWeek day, TextStyle style) {
        return day.getDisplayName(style, reading.dates());
    }

    /** The number of its ISO week: Monday to Sunday, in every locale, as the reports' periods are. */
    public int week(LocalDate day) {
        return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** The year that its ISO week is counted in, which about New Year is not that of the day. */
    public int weekYear(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR);
    }

    /** Date and time of day, as the clock shows them in that zone. */
    public String moment(Instant instant, String zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(reading.dates()).format(instant.atZone(ZoneId.of(zone)));
    }

    /** Date and time of day without a zone, as they stand. */
    public String moment(LocalDateTime time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(reading.dates()).format(time);
    }

    public static BigDecimal exact(Number value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> BigDecimal.valueOf(real);
            default -> new BigDecimal(value.toString());
        };
    }

    private String decimal(Number value, int atLeast, int atMost) {
        BigDecimal rounded = exact(value).setScale(atMost, RoundingMode.HALF_UP);
        plain.setMinimumFractionDigits(atLeast);
        plain.setMaximumFractionDigits(atMost);
        plain.setGroupingUsed(!reading.ungroupedThousands() || integerDigits(rounded) > 4);
        return tidy(plain.format(rounded));
    }

    private String percentWhole(double ratio) {
        return tidy(NumberFormat.getPercentInstance(reading.numbers()).format(ratio));
    }

    private static BigDecimal ratio(Number now, Number before) {
        if (now == null || before == null || exact(before).signum() == 0) {
            return null;
        }
        BigDecimal was = exact(before);
        return exact(now).subtract(was).divide(was.abs(), MathContext.DECIMAL64).setScale(3, RoundingMode.HALF_UP);
    }

    /** How many digits stand before its point. */
    static int integerDigits(BigDecimal value) {
        return Math.max(1, value.precision() - value.scale());
    }

    /** A number that is written already, with its currency: {@code €12K}. */
    public String around(String number, Currency currency) {
        boolean negative = number.startsWith("\u2212");
        return tidy(money.around(negative ? number.substring(1) : number, negative, currency));
    }

    /** Some locales write "-0", and what rounds to zero has no sign; some put marks of direction around it, and we write one direction. */
    private static String tidy(String number) {
        String plain = number.replaceAll("\\p{Cf}", "").replace('-', MINUS);
        return plain.chars().noneMatch(c -> c >= '1' && c <= '9') ? plain.replace(String.valueOf(MINUS), "") : plain;
    }
}
