/**
 * Texts of a report in the language of its reader: numbers, money, days, the messages of the service, and the font.
 *
 * <p>{@link io.weekly.render.text.Formats} writes numbers and, with {@link io.weekly.render.text.DateFormats}, days of one locale. If the
 * font does not have the script of a locale, {@code LocaleSupport} chooses another locale for numbers or dates. A value that is NULL
 * becomes a dash ({@link io.weekly.render.text.MissingValue}), because a report with missing values is still useful.
 *
 * <p>There is one font family, Noto Sans, which is part of the application. If it does not have a character, U+FFFD replaces the character.
 * Otherwise readers would not notice that a name is incomplete. {@link io.weekly.render.text.VisibleText} replaces and counts them; the
 * report then has a warning. {@link io.weekly.render.text.MissingCharacters} and {@link io.weekly.render.text.ReaderLanguage} warn already
 * when a name or locale is stored.
 *
 * <p>{@code Formats} and {@code Typeface} have state, so each rendering has its own instances. All other types never change. The messages
 * are read at the start: without them the application does not start. The fonts are read when they are first used: without them each report
 * fails.
 */
@NullMarked
package io.weekly.render.text;

import org.jspecify.annotations.NullMarked;
