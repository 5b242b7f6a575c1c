package io.weekly.tenant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.tenant.constraint.OneLine;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * A figure of one day.
 *
 * @param day in the tenant's zone, in the years 1000 to 9999
 * @param value at most 20 digits before the point; rounded half to even to four behind it
 * @param dimension which part of the day's total this is ({@code plan=pro}); empty, the default, for the total itself
 */
@RegisterForReflection // read line by line, in no resource's signature
public record Metric(
        @NotNull @OneLine @Size(min = 1, max = 64) String metric,
        @NotNull @InColumn LocalDate day,
        // Checked before it is rounded, which for 1e-999999999 would take forever.
        @NotNull @Digits(integer = 20, fraction = 100, message = "must have at most 20 digits before the point") BigDecimal value,
        @Size(max = 190) @Pattern(regexp = "\\P{Cc}*", message = "must be without control characters") String dimension) {

    private static final int DECIMALS = 4;

    public Metric {
        dimension = dimension == null ? "" : dimension;
    }

    BigDecimal rounded() {
        return value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** A day that a {@code DATE} column can hold on either server. */
    @Constraint(validatedBy = InColumn.Years.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER})
    @Retention(RetentionPolicy.RUNTIME)
    @interface InColumn {

        String message() default "must be in the years 1000 to 9999";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        /** Looks at the year. */
        class Years implements ConstraintValidator<InColumn, LocalDate> {

            @Override
            public boolean isValid(LocalDate day, ConstraintValidatorContext context) {
                return day == null || day.getYear() >= 1000 && day.getYear() <= 9999;
            }
        }
    }
}
