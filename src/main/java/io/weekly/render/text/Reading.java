package io.weekly.render.text;

import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much of a locale our font can show: each of numbers, compact numbers and dates is in the reader's own locale where it can be
 * read, else in the nearest that can. Where a language has neither words of ours nor letters in the font, it gets English dates beside
 * the English words, and Latin digits between the separators of its country.
 *
 * @param numbers with Latin digits at least
 * @param compact for {@code 12.3M}; separators and unit are of one locale
 * @param dates for the names of months and weekdays, and the order of day, month and time
 * @param ungroupedThousands whether a number of four digits has no separator: {@code 1234}, but {@code 12 345}
 */
record Reading(Locale numbers, Locale compact, Locale dates, boolean ungroupedThousands) {
    /** Minimum grouping digits of 2 in CLDR 48, which the JDK has no notion of. Spanish: in Spain, not in America. */
    private static final Set<String> UNGROUPED_THOUSANDS = Set.of("be", "bg", "et", "hu", "hy", "it", "ka", "lv", "pl", "sl", "sq");
    private static final Set<String> WITH_SPAIN = Set.of("", "ES", "EA", "IC", "GQ", "PH");
    private static final Locale LATIN_AMERICA = Locale.forLanguageTag("es-419");

    /** Probing a locale takes a millisecond, and anybody may have any tag: the last used are kept. */
    private static final int MOST_KNOWN = 500;
    private static final Map<Locale, Reading> KNOWN = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Locale, Reading> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    static Reading of(Locale locale) {
        return KNOWN.computeIfAbsent(locale, Reading::probed);
    }

    private static Reading probed(Locale locale) {
        Locale bare = locale.stripExtensions();
        Locale latin = Locale.forLanguageTag(bare.toLanguageTag() + "-u-nu-latn");
        Locale numbers = Stream.of(bare, latin).filter(Reading::showsNumbers).findFirst().orElse(Locale.ENGLISH);
        Locale compact = Stream.of(numbers, american(bare), Locale.of(bare.getLanguage()))
                .filter(Reading::showsCompact).findFirst().orElse(Locale.ENGLISH);
        Locale dates = showsDates(bare) ? bare : Locale.ENGLISH;
        return new Reading(numbers, compact, dates, ungroupedThousands(bare));
    }

    private static boolean ungroupedThousands(Locale locale) {
        return UNGROUPED_THOUSANDS.contains(locale.getLanguage())
                || locale.getLanguage().equals("es") && WITH_SPAIN.contains(locale.getCountry())
                || locale.getLanguage().equals("pt") && locale.getCountry().equals("PT");
    }

    private static boolean showsNumbers(Locale locale) {
        return legible(NumberFormat.getNumberInstance(locale).format(-1234567890.5))
                && legible(NumberFormat.getPercentInstance(locale).format(-12.5));
    }

    /** Trap: the JDK writes twelve million in es-MX and es-US as "12346 k"; five digits before a unit are never right. */
    private static boolean showsCompact(Locale locale) {
        NumberFormat compact = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        return Stream.of(12_345L, 1_234_567L, 1_234_567_890L, 1_234_567_890_123L).map(compact::format).allMatch(Reading::legible)
                && compact.format(12_345_678).chars().filter(Character::isDigit).count() < 5;
    }

    private static Locale american(Locale locale) {
        return locale.getLanguage().equals("es") && !WITH_SPAIN.contains(locale.getCountry()) ? LATIN_AMERICA : locale;
    }

    private static boolean showsDates(Locale locale) {
        Stream<String> months = Stream.of(Month.values()).map(month -> LocalDate.of(2026, month, 16)).flatMap(day -> Stream.of(
                DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale).format(day),
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day)));
        Stream<String> days = Stream.of(DayOfWeek.values()).flatMap(day -> Stream.of(
                day.getDisplayName(TextStyle.FULL_STANDALONE, locale), day.getDisplayName(TextStyle.SHORT_STANDALONE, locale)));
        Stream<String> moments = Stream.of(5, 17).map(hour -> DateTimeFormatter
                .ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale).format(LocalDateTime.of(2026, 11, 16, hour, 0)));
        return List.of(months, days, moments).stream().flatMap(texts -> texts).allMatch(Reading::legible);
    }

    /**
     * Whether the font has each letter of it and it is read as it is drawn, letter by letter from left to right: what Arabic, Hebrew or
     * Devanagari need besides glyphs nobody does here. Marks of direction have no glyph; they are left out of what is formatted.
     */
    static boolean legible(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT || Typeface.covers(c) && drawnAsRead(c));
    }

    private static boolean drawnAsRead(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN, GREEK, CYRILLIC, COMMON -> true;
            default -> false;
        };
    }
}
