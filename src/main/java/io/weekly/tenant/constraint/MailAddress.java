package io.weekly.tenant.constraint;

import io.weekly.text.EmailAddress;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** The address of a person by the rule of {@link EmailAddress}. The message says what is wrong with it, and never quotes it. */
@Constraint(validatedBy = MailAddress.ByRule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface MailAddress {

    String message() default "must be an e-mail address";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Reads the address. */
    class ByRule implements ConstraintValidator<MailAddress, String> {

        @Override
        public boolean isValid(@Nullable String address, ConstraintValidatorContext context) {
            if (address == null || !(EmailAddress.parse(address) instanceof EmailAddress.Invalid(var reason))) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            // The template is interpolated; a reason is one of our own texts.
            context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate() + ": " + reason)
                    .addConstraintViolation();
            return false;
        }
    }
}
