/**
 * Validation annotations for single values: one line of text, an identifier, a word of a list, a mail address, a language tag, a time zone.
 *
 * <p><b>Model.</b> Each annotation accepts null. If a value is required, add {@code @NotNull}. The message of an annotation follows the
 * name of the field, for example "must be an e-mail address: it has no @". {@code @Size} of Bean Validation counts characters here, not
 * UTF-16 units ({@link io.weekly.tenant.constraint.CharacterCounts}): {@code FieldLengthsTest}.
 *
 * <p><b>Invariant.</b> A value that passes {@link io.weekly.tenant.constraint.OneLine}, {@link io.weekly.tenant.constraint.Identifier} or
 * {@link io.weekly.tenant.constraint.MailAddress} has no line break, so it cannot add a header to a mail. The time to match a pattern grows
 * linearly with the length of the value. The checks have no state, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.tenant.constraint;

import org.jspecify.annotations.NullMarked;
