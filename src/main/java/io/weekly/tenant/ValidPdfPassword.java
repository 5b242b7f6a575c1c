package io.weekly.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A password that works in every PDF reader. It is refused if no key is configured to encrypt it. */
@Constraint(validatedBy = ValidPdfPassword.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ValidPdfPassword {

    String message() default "must have at least 8 characters and at most 127 bytes in UTF-8, all of them such as a keyboard has";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The message never contains the password. */
    @ApplicationScoped
    class Check implements ConstraintValidator<ValidPdfPassword, PdfPassword> {

        private final Secrets secrets;

        Check(Secrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public boolean isValid(@Nullable PdfPassword password, ConstraintValidatorContext context) {
            if (password == null || password.isRemoval() || secrets.canEncrypt() && password.isValid()) {
                return true;
            }
            if (!secrets.canEncrypt()) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(
                                "cannot be kept: this service has no key to encrypt it with (weekly.keys.current)")
                        .addConstraintViolation();
            }
            return false;
        }
    }
}
