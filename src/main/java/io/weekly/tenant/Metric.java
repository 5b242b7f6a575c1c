package io.weekly.tenant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.tenant.constraint.Identifier;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The value of a metric on one day.
 *
 * @param metric the name of the metric
 * @param day in the tenant's zone, in the years 1000 to 9999
 * @param value at most 20 digits before the decimal point; rounded half to even to four decimals
 * @param dimension the part of the day's total ({@code plan=pro}); empty, the default, for the total itself
 */
@RegisterForReflection // parsed line by line, in no signature of a resource
public record Metric(
        @NotNull @Identifier @Size(min = 1, max = 64) String metric,
        @NotNull @StorableDay LocalDate day,
        // Validated before it is rounded: rounding 1e-999999999 would take forever.
        @NotNull @Digits(integer = 20, fraction = 100, message = "must have at most 20 digits before the point") BigDecimal value,
        @Identifier @Size(max = 190) String dimension) {

    private static final int DECIMALS = 4;

    public Metric {
        dimension = dimension == null ? "" : dimension;
    }

    /** The value as it is stored. */
    BigDecimal rounded() {
        return value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** A day that a {@code DATE} column can hold on MySQL and MariaDB. */
    @Constraint(validatedBy = StorableDay.Years.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER})
    @Retention(RetentionPolicy.RUNTIME)
    @interface StorableDay {

        String message() default "must be in the years 1000 to 9999";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        /** Checks the year. */
        class Years implements ConstraintValidator<StorableDay, LocalDate> {

            @Override
            public boolean isValid(@Nullable LocalDate day, ConstraintValidatorContext context) {
                return day == null || day.getYear() >= 1000 && day.getYear() <= 9999;
            }
        }
    }
}
