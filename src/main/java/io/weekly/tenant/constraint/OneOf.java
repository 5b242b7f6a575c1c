package io.weekly.tenant.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of a few words. */
@Constraint(validatedBy = OneOf.Words.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {

    /** The supported words. */
    String[] value();

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the word. */
    class Words implements ConstraintValidator<OneOf, String> {

        private Set<String> supported = Set.of();
        private String expected = "";

        @Override
        public void initialize(OneOf words) {
            supported = Set.of(words.value());
            expected = "must be " + (supported.size() == 1 ? "" : "one of ") + String.join(", ", words.value());
        }

        @Override
        public boolean isValid(@Nullable String word, ConstraintValidatorContext context) {
            if (word == null || supported.contains(word)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            // The template is interpolated, so it must not contain text from the client.
            context.buildConstraintViolationWithTemplate(expected).addConstraintViolation();
            return false;
        }
    }
}
