package io.weekly.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.CompactNumberFormat;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Numbers and dates as the readers of one locale write them. One for each rendering: {@link NumberFormat} is not safe between threads.
 * A minus is U+2212, as wide as a plus; French groups by U+202F, which our font has.
 */
public final class Formats {
    private static final BigDecimal COMPACT_FROM = new BigDecimal("9999999.5");
    private static final BigDecimal LARGEST_CHANGE = new BigDecimal("9.995");

    private final Locale locale;
    private final NumberFormat plain;
    private final NumberFormat compact;
    private final DateTimeFormatter dayAndMonth;

    public Formats(Locale locale) {
        this.locale = locale;
        this.plain = NumberFormat.getNumberInstance(locale);
        this.compact = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        this.dayAndMonth = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale);
        plain.setRoundingMode(RoundingMode.HALF_UP);
        compact.setRoundingMode(RoundingMode.HALF_UP);
        compact.setGroupingUsed(true);
        ((CompactNumberFormat) compact).setGroupingSize(3);
    }

    public Locale locale() {
        return locale;
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

    /** {@code 12.3K}, {@code 12,3 Mio.}: three digits that count. Trap: the JDK drops the fraction of a BigDecimal here, not of a double. */
    public String compact(Number value) {
        BigDecimal exact = exact(value);
        compact.setMaximumFractionDigits(shortestFraction(exact));
        return minus(compact.format(exact.doubleValue()));
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
        NumberFormat percent = NumberFormat.getPercentInstance(locale);
        percent.setRoundingMode(RoundingMode.HALF_UP);
        percent.setMinimumFractionDigits(1);
        percent.setMaximumFractionDigits(1);
        return minus(percent.format(exact(ratio)));
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
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
    }

    public String weekday(DayOfWeek day, TextStyle style) {
        return day.getDisplayName(style, locale);
    }

    public int week(LocalDate day) {
        return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** Date and time of day, as the clock shows them in that zone. */
    public String moment(Instant instant, String zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale).format(instant.atZone(ZoneId.of(zone)));
    }

    static BigDecimal exact(Number value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> BigDecimal.valueOf(real);
            default -> new BigDecimal(value.toString());
        };
    }

    private String decimal(Number value, int atLeast, int atMost) {
        plain.setMinimumFractionDigits(atLeast);
        plain.setMaximumFractionDigits(atMost);
        return minus(plain.format(exact(value)));
    }

    private String percentWhole(double ratio) {
        return minus(NumberFormat.getPercentInstance(locale).format(ratio));
    }

    private static BigDecimal ratio(Number now, Number before) {
        if (now == null || before == null || exact(before).signum() == 0) {
            return null;
        }
        BigDecimal was = exact(before);
        return exact(now).subtract(was).divide(was.abs(), MathContext.DECIMAL64).setScale(3, RoundingMode.HALF_UP);
    }

    /** Digits after the point so that three count: 1.23, 12.3, 123. */
    private static int shortestFraction(BigDecimal value) {
        if (value.signum() == 0) {
            return 0;
        }
        int whole = value.precision() - value.scale();
        if (whole > 15) {
            return 0;
        }
        return whole <= 3 ? Math.max(0, Math.min(2, 3 - whole)) : Math.floorMod(-whole, 3);
    }

    /** Some locales write "-0": what rounds to zero has no sign. */
    private static String minus(String number) {
        boolean zero = number.startsWith("-") && number.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? number.substring(1) : number.replace('-', '\u2212');
    }
}
