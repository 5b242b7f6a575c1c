package io.weekly.render.sheet;

import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A number as a spreadsheet can hold it: with 15 significant digits. One that needs more is rounded to them as long as two decimals are
 * left, which is all that a report shows; a longer one, the number of an account for one, is kept whole, as text.
 */
final class CellNumber {
    private static final int DIGITS = 15;
    private static final int DECIMALS_SHOWN = 2;

    private CellNumber() {}

    /** Empty where only text holds it. */
    static Optional<BigDecimal> of(Number value) {
        BigDecimal exact = Formats.exact(value).stripTrailingZeros();
        if (exact.precision() <= DIGITS) {
            // A number of 10^300 is one, too; beyond, a double is none.
            return Double.isFinite(exact.doubleValue()) ? Optional.of(exact) : Optional.empty();
        }
        int whole = exact.precision() - exact.scale();
        boolean roundable = exact.scale() > 0 && whole + DECIMALS_SHOWN <= DIGITS;
        return roundable ? Optional.of(exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP))) : Optional.empty();
    }

    /** All of its digits, with a point, and never an exponent. */
    static String text(Number value) {
        return Formats.exact(value).toPlainString();
    }

    /** The same without the zeros at its end, of which a {@code DECIMAL(20,4)} of the data has some. */
    static String shortest(Number value) {
        return Formats.exact(value).stripTrailingZeros().toPlainString();
    }
}
