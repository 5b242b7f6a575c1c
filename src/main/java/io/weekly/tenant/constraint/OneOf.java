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

/**
 * One of a few words. If the API defines a word that the service does not support yet, the word is refused with a message that names it.
 */
@Constraint(validatedBy = OneOf.Words.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {

    /** The supported words. */
    String[] value();

    /** Words that the API defines and the service does not support yet. */
    String[] later() default {};

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the word. */
    class Words implements ConstraintValidator<OneOf, String> {

        private Set<String> supported = Set.of();
        private Set<String> later = Set.of();
        private String expected = "";

        @Override
        public void initialize(OneOf words) {
            supported = Set.of(words.value());
            later = Set.of(words.later());
            expected = "must be " + (supported.size() == 1 ? "" : "one of ") + String.join(", ", words.value());
        }

        @Override
        public boolean isValid(@Nullable String word, ConstraintValidatorContext context) {
            if (word == null || supported.contains(word)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            // The template is interpolated, so it must not contain text from the client.
            context.buildConstraintViolationWithTemplate(later.contains(word) ? word + " is not supported yet" : expected)
                    .addConstraintViolation();
            return false;
        }
    }
}
