package io.weekly.tenant.constraint;

import io.quarkus.hibernate.validator.ValidatorFactoryCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.BaseHibernateValidatorConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code @Size} on a text count characters (code points), as the columns of the database and {@code maxLength} of JSON Schema do.
 * Without this it counts UTF-16 units: an emoji would count as two. It holds for every request field, with nothing to add there. {@code
 * @Size} on a list is not changed.
 */
@ApplicationScoped
class CharacterCounts implements ValidatorFactoryCustomizer {

    @Override
    public void customize(BaseHibernateValidatorConfiguration<?> configuration) {
        var mapping = configuration.createConstraintMapping();
        mapping.constraintDefinition(Size.class).includeExistingValidators(true).validatedBy(OfText.class);
        configuration.addMapping(mapping);
    }

    /** Hibernate Validator prefers it to its own validator of {@link CharSequence}, because {@link String} is the narrower type. */
    public static class OfText implements ConstraintValidator<Size, String> {

        private int min;
        private int max;

        @Override
        public void initialize(Size size) {
            min = size.min();
            max = size.max();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null) {
                return true;
            }
            var characters = text.codePointCount(0, text.length());
            return min <= characters && characters <= max;
        }
    }
}
