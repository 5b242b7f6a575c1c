package io.weekly.render.text;

import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Chooses locales that the font can show. Numbers, compact numbers and dates each use the reader's own locale if the font has its
 * characters, else the nearest locale for which it has them. If the font does not have the script of the language, dates are English, like
 * the messages of such a report. Numbers then have Latin digits and the separators of the reader's country.
 *
 * @param numbers the locale of numbers, with Latin digits if the font does not have others
 * @param compact the locale of numbers such as {@code 12.3M}; separators and unit come from the same locale
 * @param dates the locale of months, weekdays, and the order of day, month and time
 * @param ungroupedThousands whether a number of four digits has no separator: {@code 1234}, but {@code 12 345}
 */
record LocaleSupport(Locale numbers, Locale compact, Locale dates, boolean ungroupedThousands) {
    /** Locales with two minimum grouping digits in CLDR 48, which the JDK ignores. Spanish has them in Spain, but not in America. */
    private static final Set<String> UNGROUPED_THOUSANDS = Set.of("be", "bg", "et", "hu", "hy", "it", "ka", "lv", "pl", "sl", "sq");
    private static final Set<String> WITH_SPAIN = Set.of("", "ES", "EA", "IC", "GQ", "PH");
    private static final Locale LATIN_AMERICA = Locale.forLanguageTag("es-419");

    private static final Set<Locale> KNOWN = Set.of(Locale.getAvailableLocales());
    /** To check a locale takes about a millisecond. Only known locales are checked, some thousand. */
    private static final Map<Locale, LocaleSupport> CACHE = new ConcurrentHashMap<>();

    static LocaleSupport of(Locale locale) {
        return CACHE.computeIfAbsent(known(locale), LocaleSupport::check);
    }

    /**
     * The locale whose formats the JDK uses for this one: without variants and extensions, and without a country that it does not know. A
     * recipient may have any language tag, and the JDK never removes what it caches for a locale.
     */
    private static Locale known(Locale locale) {
        Locale bare = new Locale.Builder()
                .setLanguage(locale.getLanguage()).setScript(locale.getScript()).setRegion(locale.getCountry()).build();
        return Stream.of(bare, Locale.of(bare.getLanguage())).filter(KNOWN::contains).findFirst().orElse(Locale.ROOT);
    }

    private static LocaleSupport check(Locale bare) {
        Locale latin = Locale.forLanguageTag(bare.toLanguageTag() + "-u-nu-latn");
        Locale numbers = Stream.of(bare, latin).filter(LocaleSupport::showsNumbers).findFirst().orElse(Locale.ENGLISH);
        Locale compact = Stream.of(numbers, american(bare), Locale.of(bare.getLanguage()))
                .filter(LocaleSupport::showsCompact).findFirst().orElse(Locale.ENGLISH);
        Locale dates = areDatesLegible(bare) ? bare : Locale.ENGLISH;
        return new LocaleSupport(numbers, compact, dates, ungroupedThousands(bare));
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

    /** Trap: the JDK writes twelve million as "12346 k" in es-MX and es-US. Five digits before a unit are never right. */
    private static boolean showsCompact(Locale locale) {
        NumberFormat compact = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        return Stream.of(12_345L, 1_234_567L, 1_234_567_890L, 1_234_567_890_123L).map(compact::format).allMatch(LocaleSupport::legible)
                && compact.format(12_345_678).chars().filter(Character::isDigit).count() < 5;
    }

    /** Whether dates of this locale, for which this was made, are written in its own language. */
    boolean showsDates(Locale locale) {
        return dates.equals(known(locale));
    }

    private static Locale american(Locale locale) {
        return locale.getLanguage().equals("es") && !WITH_SPAIN.contains(locale.getCountry()) ? LATIN_AMERICA : locale;
    }

    private static boolean areDatesLegible(Locale locale) {
        Stream<String> months = Stream.of(Month.values()).map(month -> LocalDate.of(2026, month, 16)).flatMap(day -> Stream.of(
                DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale).format(day),
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day)));
        Stream<String> days = Stream.of(DayOfWeek.values()).flatMap(day -> Stream.of(
                day.getDisplayName(TextStyle.FULL_STANDALONE, locale), day.getDisplayName(TextStyle.SHORT_STANDALONE, locale)));
        Stream<String> moments = Stream.of(5, 17).map(hour -> DateTimeFormatter
                .ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale).format(LocalDateTime.of(2026, 11, 16, hour, 0)));
        return List.of(months, days, moments).stream().flatMap(texts -> texts).allMatch(LocaleSupport::legible);
    }

    /**
     * Whether the font has every character of a text, and its script is written letter by letter from left to right. Arabic, Hebrew and
     * Devanagari need more than glyphs (shaping, direction), which the PDF library does not do. Direction marks have no glyph; they are
     * removed from formatted numbers.
     */
    static boolean legible(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT || Typeface.covers(c) && isSimpleScript(c));
    }

    private static boolean isSimpleScript(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN, GREEK, CYRILLIC, COMMON -> true;
            default -> false;
        };
    }
}
