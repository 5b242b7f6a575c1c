package io.weekly.render.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * Writes amounts of money. The locale decides on the symbol, its position and the spaces; the currency decides on the decimals.
 *
 * <p>Traps: CLDR requires a space between a currency code and the digits, but the JDK omits it ({@code PLN1,234}). The font does not have
 * the symbol of every currency; the code replaces a missing symbol.
 */
public final class Money {
    private final Locale locale;
    private final boolean ungroupedThousands;

    Money(LocaleSupport support) {
        this.locale = support.numbers();
        this.ungroupedThousands = support.ungroupedThousands();
    }

    /** {@code €1,234.50}, {@code 1.234,50 €}, {@code ¥1,235} */
    String amount(BigDecimal value, Currency currency) {
        DecimalFormat format = format(currency);
        BigDecimal rounded = value.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        format.setGroupingUsed(!ungroupedThousands || Formats.integerDigits(rounded) > 4);
        return format.format(rounded);
    }

    /** Adds the currency to a number that is already formatted, without its sign: {@code €12.3M}. */
    String withCurrency(String number, boolean negative, Currency currency) {
        DecimalFormat format = format(currency);
        return negative
                ? format.getNegativePrefix() + number + format.getNegativeSuffix()
                : format.getPositivePrefix() + number + format.getPositiveSuffix();
    }

    /**
     * The currency with this code.
     *
     * @throws IllegalArgumentException if ISO 4217 has no such code, or it has no amounts (XXX)
     */
    public static Currency currency(String code) {
        try {
            Currency currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException _) {
            // The exception of the JDK has no message; ours below says what is wrong.
        }
        throw new IllegalArgumentException("'%s' is no currency; use an ISO 4217 code such as EUR".formatted(code));
    }

    private DecimalFormat format(Currency currency) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        var symbols = format.getDecimalFormatSymbols();
        if (!LocaleSupport.legible(symbols.getCurrencySymbol())) {
            symbols.setCurrencySymbol(currency.getCurrencyCode());
            format.setDecimalFormatSymbols(symbols);
        }
        format.setPositivePrefix(prefix(format.getPositivePrefix()));
        format.setNegativePrefix(prefix(format.getNegativePrefix()));
        format.setPositiveSuffix(suffix(format.getPositiveSuffix()));
        format.setNegativeSuffix(suffix(format.getNegativeSuffix()));
        return format;
    }

    private static String prefix(String prefix) {
        return !prefix.isEmpty() && Character.isLetter(prefix.codePointBefore(prefix.length())) ? prefix + "\u00a0" : prefix;
    }

    private static String suffix(String suffix) {
        return !suffix.isEmpty() && Character.isLetter(suffix.codePointAt(0)) ? "\u00a0" + suffix : suffix;
    }
}
