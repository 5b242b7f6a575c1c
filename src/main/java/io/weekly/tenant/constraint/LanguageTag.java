package io.weekly.tenant.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed BCP 47 tag with a language. Any language is valid, even without translated texts: numbers and dates follow the locale, and
 * texts fall back to English.
 */
@Constraint(validatedBy = LanguageTag.WellFormed.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LanguageTag {

    String message() default "must be a language tag such as de-AT";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Uses the JDK's parser. The column holds 35 characters (RFC 5646, section 4.4.1). */
    class WellFormed implements ConstraintValidator<LanguageTag, String> {

        @Override
        public boolean isValid(@Nullable String tag, ConstraintValidatorContext context) {
            if (tag == null) {
                return true;
            }
            try {
                var language = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
                return tag.length() <= 35 && !language.isEmpty();
            } catch (IllformedLocaleException e) {
                return false;
            }
        }
    }
}
