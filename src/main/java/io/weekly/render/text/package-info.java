/**
 * Texts of a report in the language of its reader: numbers, money, days, the messages of the service, and the font.
 *
 * <p>{@link io.weekly.render.text.Formats} writes numbers and, with {@link io.weekly.render.text.DateFormats}, days of one locale.
 * {@code LocaleSupport} decides what is replaced if the font does not have the script of a locale. A value that is NULL becomes a dash
 * ({@link io.weekly.render.text.MissingValue}): data have gaps, and a report is useful in spite of them.
 *
 * <p>There is one font family, Noto Sans, which is part of the application. A character that it does not have becomes U+FFFD: if the
 * character were simply left out, readers would not notice that a name is incomplete.
 *
 * <p>Formats and typefaces have state and belong to one rendering. The rest never changes. A build without the fonts or the messages fails
 * when it starts.
 */
@NullMarked
package io.weekly.render.text;

import org.jspecify.annotations.NullMarked;
