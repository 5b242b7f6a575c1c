package io.weekly.tenant.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text on one line: not blank, and without control characters and line separators, which could end a mail header. */
// Possessive quantifiers, so that a long invalid text does not cause backtracking.
@Pattern(regexp = "(?![\\s\\p{Z}]*+\\z)[^\\p{Cc}\\x{2028}\\x{2029}]*+")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneLine {

    String message() default "must be text on one line, without control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
