package io.weekly.render.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.CompactNumberFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as readers of one locale expect them, and holds the {@link DateFormats} of that locale. {@link LocaleSupport} says what
 * replaces a script that the font cannot show. The minus sign is U+2212, which is as wide as a plus.
 *
 * <p>Each rendering has its own instance: {@link NumberFormat} is not safe for use by several threads.
 */
public final class Formats {
    private static final char MINUS = '\u2212';
    private static final BigDecimal COMPACT_FROM = new BigDecimal("9999999.5");
    private static final BigDecimal COMPACT_MONEY_FROM = new BigDecimal("999.5");
    private static final BigDecimal MAX_CHANGE = new BigDecimal("9.995");

    private final LocaleSupport support;
    private final Money money;
    private final NumberFormat plain;
    private final NumberFormat compact;
    private final DateFormats dates;

    public Formats(Locale locale) {
        this.support = LocaleSupport.of(locale);
        this.money = new Money(support);
        this.plain = NumberFormat.getNumberInstance(support.numbers());
        this.compact = NumberFormat.getCompactNumberInstance(support.compact(), NumberFormat.Style.SHORT);
        this.dates = new DateFormats(support);
        plain.setRoundingMode(RoundingMode.HALF_UP);
        compact.setRoundingMode(RoundingMode.HALF_UP);
        ((CompactNumberFormat) compact).setGroupingSize(3);
    }

    /** The locale of the numbers: the reader's own if the font can show it, else one with digits that it can show. */
    public Locale locale() {
        return support.numbers();
    }

    /** The formats of days and times in the same locale. */
    public DateFormats dates() {
        return dates;
    }

    /** {@code 12,346} */
    public String integer(Number value) {
        return decimal(value, 0, 0);
    }

    /** {@code 12,345.60} with exactly this number of decimals. */
    public String decimal(Number value, int digits) {
        return decimal(value, digits, digits);
    }

    /** An amount of money whose currency is not known: {@code 12,345.60}. */
    public String money(Number value) {
        return decimal(value, 2);
    }

    /**
     * An amount of money with an ISO 4217 currency: {@code €12,345.60}, {@code 12.345,60 €}, {@code ¥12,346}.
     *
     * @throws IllegalArgumentException if there is no such currency
     */
    public String money(Number value, String currency) {
        return tidy(money.amount(exact(value), Money.currency(currency)));
    }

    /** {@code €12.3M}, {@code 12,3 Mio. €}: three significant digits; below a thousand like {@link #money(Number, String)}. */
    public String compactMoney(Number value, String currency) {
        BigDecimal exact = exact(value);
        return exact.abs().compareTo(COMPACT_MONEY_FROM) < 0
                ? money(exact, currency)
                : tidy(money.withCurrency(compact(exact.abs()), exact.signum() < 0, Money.currency(currency)));
    }

    /**
     * {@code 12.3K}, {@code 12,3 Mio.}: three significant digits.
     *
     * <p>Trap: the JDK drops the decimals of a BigDecimal here, but not of a double.
     */
    public String compact(Number value) {
        double real = exact(value).doubleValue();
        compact.setGroupingUsed(false);
        compact.setMaximumFractionDigits(0);
        String whole = compact.format(real);
        long digits = whole.chars().filter(Character::isDigit).count();
        compact.setGroupingUsed(digits > (support.ungroupedThousands() ? 4 : 3));
        compact.setMaximumFractionDigits(Math.abs(real) < 1 ? 2 : (int) Math.max(0, 3 - digits));
        return tidy(compact.format(real));
    }

    /** A number for a small space: up to two decimals below 100, no decimals up to ten million, compact above. */
    public String figure(Number value) {
        BigDecimal exact = exact(value);
        if (exact.abs().compareTo(COMPACT_FROM) >= 0) {
            return compact(exact);
        }
        return exact.abs().compareTo(BigDecimal.valueOf(100)) < 0 ? decimal(exact, 0, 2) : integer(exact);
    }

    /** A ratio as a percentage: 0.1234 is {@code 12.3%}. */
    public String percent(Number ratio) {
        NumberFormat percent = NumberFormat.getPercentInstance(support.numbers());
        percent.setRoundingMode(RoundingMode.HALF_UP);
        percent.setMinimumFractionDigits(1);
        percent.setMaximumFractionDigits(1);
        return tidy(percent.format(exact(ratio)));
    }

    /** The change as a percentage with its sign; a dash if there is nothing to compare with. Changes above 999% are capped. */
    public String change(@Nullable Number now, @Nullable Number before) {
        BigDecimal ratio = ratio(now, before);
        if (ratio == null) {
            return "–";
        }
        if (ratio.compareTo(MAX_CHANGE) > 0) {
            return ">\u202f+" + percentWhole(9.99);
        }
        if (ratio.compareTo(MAX_CHANGE.negate()) < 0) {
            return "<\u202f" + percentWhole(-9.99);
        }
        return (ratio.signum() > 0 ? "+" : "") + percent(ratio);
    }

    /** The direction of the change, for style sheets and arrows: {@code up}, {@code down}, {@code flat} or {@code unknown}. */
    public String direction(@Nullable Number now, @Nullable Number before) {
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

    /** Adds the currency to a number that is already formatted: {@code €12K}. */
    public String withCurrency(String number, Currency currency) {
        boolean negative = number.startsWith("\u2212");
        return tidy(money.withCurrency(negative ? number.substring(1) : number, negative, currency));
    }

    /** The number as a decimal, with the digits that it is written with: {@code 0.1} stays 0.1. */
    public static BigDecimal exact(Number value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> BigDecimal.valueOf(real);
            default -> new BigDecimal(value.toString());
        };
    }

    private String decimal(Number value, int minDecimals, int maxDecimals) {
        BigDecimal rounded = exact(value).setScale(maxDecimals, RoundingMode.HALF_UP);
        plain.setMinimumFractionDigits(minDecimals);
        plain.setMaximumFractionDigits(maxDecimals);
        plain.setGroupingUsed(!support.ungroupedThousands() || integerDigits(rounded) > 4);
        return tidy(plain.format(rounded));
    }

    private String percentWhole(double ratio) {
        return tidy(NumberFormat.getPercentInstance(support.numbers()).format(ratio));
    }

    private static @Nullable BigDecimal ratio(@Nullable Number now, @Nullable Number before) {
        if (now == null || before == null || exact(before).signum() == 0) {
            return null;
        }
        BigDecimal was = exact(before);
        return exact(now).subtract(was).divide(was.abs(), MathContext.DECIMAL64).setScale(3, RoundingMode.HALF_UP);
    }

    /** The number of digits before the decimal point. */
    static int integerDigits(BigDecimal value) {
        return Math.max(1, value.precision() - value.scale());
    }

    /** Removes the sign of a zero ("-0") and the direction marks that some locales write: our text has one direction only. */
    private static String tidy(String number) {
        String plain = number.replaceAll("\\p{Cf}", "").replace('-', MINUS);
        return plain.chars().noneMatch(c -> c >= '1' && c <= '9') ? plain.replace(String.valueOf(MINUS), "") : plain;
    }
}
