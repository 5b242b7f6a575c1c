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

/** A word out of a few. What the contract knows and the service cannot do yet is refused by name and never ignored. */
@Constraint(validatedBy = OneOf.Words.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {

    /** What can be chosen. */
    String[] value();

    /** What will be. */
    String[] later() default {};

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks the word up. */
    class Words implements ConstraintValidator<OneOf, String> {

        private Set<String> now;
        private Set<String> later;
        private String choice;

        @Override
        public void initialize(OneOf words) {
            now = Set.of(words.value());
            later = Set.of(words.later());
            choice = "must be " + (now.size() == 1 ? "" : "one of ") + String.join(", ", words.value());
        }

        @Override
        public boolean isValid(String word, ConstraintValidatorContext context) {
            if (word == null || now.contains(word)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            // Only words of our own go into a template: it is interpolated.
            context.buildConstraintViolationWithTemplate(later.contains(word) ? word + " is not supported yet" : choice)
                    .addConstraintViolation();
            return false;
        }
    }
}
