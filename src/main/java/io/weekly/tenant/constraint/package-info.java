/**
 * Validation annotations for single values: one line of text, a word of a list, a mail address, a language tag, a time zone.
 *
 * <p><b>Model.</b> Each annotation accepts null; combine it with {@code @NotNull} where a value is required. Its message completes a
 * sentence that begins with the field's name.
 *
 * <p><b>Invariant.</b> A value that passes {@link io.weekly.tenant.constraint.OneLine} or {@link io.weekly.tenant.constraint.MailAddress}
 * has no line break, so it cannot add a header to a mail. The patterns run in linear time on any input.
 */
@NullMarked
package io.weekly.tenant.constraint;

import org.jspecify.annotations.NullMarked;
