package io.weekly.render.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * Amounts with their currency: symbol, place and spaces are the locale's, the digits behind the point are the currency's. One for each
 * rendering, as {@link Formats} is.
 *
 * <p>Traps: the JDK leaves out the space between a code and the digits ({@code PLN1,234}), which CLDR asks for; and not every
 * currency's symbol is in our font, where its code stands instead.
 */
public final class Money {
    private final Locale locale;
    private final boolean ungroupedThousands;

    Money(Reading reading) {
        this.locale = reading.numbers();
        this.ungroupedThousands = reading.ungroupedThousands();
    }

    /** {@code €1,234.50}, {@code 1.234,50 €}, {@code ¥1,235} */
    String amount(BigDecimal value, Currency currency) {
        DecimalFormat format = format(currency);
        BigDecimal rounded = value.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        format.setGroupingUsed(!ungroupedThousands || Formats.integerDigits(rounded) > 4);
        return format.format(rounded);
    }

    /** The same around a number that is written already, as in {@code €12.3M}; that is without a sign. */
    String around(String number, boolean negative, Currency currency) {
        DecimalFormat format = format(currency);
        return negative
                ? format.getNegativePrefix() + number + format.getNegativeSuffix()
                : format.getPositivePrefix() + number + format.getPositiveSuffix();
    }

    /**
     * The currency of this code.
     *
     * @throws IllegalArgumentException where ISO 4217 has none, or one without amounts such as XXX
     */
    public static Currency currency(String code) {
        try {
            Currency currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException _) {
            // Said below, in words of ours: the JDK's exception has none.
        }
        throw new IllegalArgumentException("'%s' is no currency; a code of ISO 4217 is meant, such as EUR".formatted(code));
    }

    private DecimalFormat format(Currency currency) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        var symbols = format.getDecimalFormatSymbols();
        if (!Reading.legible(symbols.getCurrencySymbol())) {
            symbols.setCurrencySymbol(currency.getCurrencyCode());
            format.setDecimalFormatSymbols(symbols);
        }
        format.setPositivePrefix(before(format.getPositivePrefix()));
        format.setNegativePrefix(before(format.getNegativePrefix()));
        format.setPositiveSuffix(behind(format.getPositiveSuffix()));
        format.setNegativeSuffix(behind(format.getNegativeSuffix()));
        return format;
    }

    private static String before(String prefix) {
        return !prefix.isEmpty() && Character.isLetter(prefix.codePointBefore(prefix.length())) ? prefix + "\u00a0" : prefix;
    }

    private static String behind(String suffix) {
        return !suffix.isEmpty() && Character.isLetter(suffix.codePointAt(0)) ? "\u00a0" + suffix : suffix;
    }
}
