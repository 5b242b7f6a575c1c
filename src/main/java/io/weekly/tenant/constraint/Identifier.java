package io.weekly.tenant.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that identifies something: a user id, a tag, a metric. The database compares it exactly: case, accents, Unicode forms and blanks
 * count. Therefore it has no blank and no invisible character at an end, where nobody would see the difference, and no control
 * character. It also has nothing that different texts become when they are decoded: no U+FFFD, which stands for invalid bytes in a path,
 * and no half of a surrogate pair, which the database driver would write as a question mark.
 */
@Pattern(regexp = Identifier.FORM)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Identifier {

    /**
     * Characters that nobody sees: white space, format characters, and the other characters of Unicode's property
     * {@code Default_Ignorable_Code_Point} (DerivedCoreProperties.txt), such as Hangul fillers. Variation selectors are not among them,
     * because an emoji may end with one. Code points over FFFF are pairs of surrogates, which Java and JavaScript both read.
     */
    String INVISIBLE = "[\\s\\p{Z}\\p{Cf}\\x{034f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{2065}\\x{3164}\\x{ffa0}\\x{fff0}-\\x{fff8}"
            + "\\udb40\\udc00-\\udb40\\udcff\\udb40\\uddf0-\\udb43\\udfff]";

    /** The form as a regular expression. It takes linear time, and accepts an empty text. */
    String FORM = "(?!" + INVISIBLE + ")(?!.*" + INVISIBLE + "\\z)[^\\p{Cc}\\p{Cs}\\x{2028}\\x{2029}\\x{fffd}]*+";

    String message() default "must be text on one line, without blanks or invisible characters at its ends";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
