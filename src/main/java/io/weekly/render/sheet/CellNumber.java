package io.weekly.render.sheet;

import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Numbers for the cells of a spreadsheet, which have 15 significant digits. A number with more digits is rounded if at least two decimals
 * remain, because reports show two. A longer number, such as an account number, becomes a text with all its digits.
 */
final class CellNumber {
    private static final int DIGITS = 15;
    private static final int DECIMALS_SHOWN = 2;

    private CellNumber() {}

    /** The number for a cell; empty if only a text can hold it. */
    static Optional<BigDecimal> of(Number value) {
        BigDecimal exact = Formats.exact(value).stripTrailingZeros();
        if (exact.precision() <= DIGITS) {
            // Excel holds a number as a double: 10^300 is possible, 10^400 is not.
            return Double.isFinite(exact.doubleValue()) ? Optional.of(exact) : Optional.empty();
        }
        int whole = exact.precision() - exact.scale();
        boolean roundable = exact.scale() > 0 && whole + DECIMALS_SHOWN <= DIGITS;
        return roundable ? Optional.of(exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP))) : Optional.empty();
    }

    /** All digits, with a decimal point and without an exponent. */
    static String text(Number value) {
        return Formats.exact(value).toPlainString();
    }

    /** The same without zeros at the end, which a {@code DECIMAL(20,4)} has. */
    static String shortest(Number value) {
        return Formats.exact(value).stripTrailingZeros().toPlainString();
    }
}
