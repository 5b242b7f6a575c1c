package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.template.ReportTemplate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are those of CLDR 48 as ICU writes them, except for the minus sign and where the JDK has data of an older CLDR. */
class FormatsLocaleTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Instant MOMENT = Instant.parse("2026-11-16T05:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en    | €1,234.50  | −$12,345.50   | ¥1,235   | PLN 1,234.50",
        "de    | 1.234,50 € | −12.345,50 $  | 1.235 ¥  | 1.234,50 PLN",
        "fr    | 1_234,50 € | −12_345,50 $US | 1_235 JPY | 1_234,50 PLN",
        "es    | 1234,50 €  | −12.345,50 US$ | 1235 JPY | 1234,50 PLN",
        "pl    | 1234,50 €  | −12 345,50 USD | 1235 JPY | 1234,50 zł",
        "de-AT | € 1.234,50 | −$ 12.345,50  | ¥ 1.235  | PLN 1.234,50",
        "de-CH | EUR 1’234.50 | $−12’345.50 | ¥ 1’235  | PLN 1’234.50",
        "fr-CH | 1_234.50 € | −12_345.50 $US | 1_235 JPY | 1_234.50 PLN",
        "en-GB | €1,234.50  | −US$12,345.50 | JP¥1,235 | PLN 1,234.50",
        "es-MX | EUR 1,234.50 | −USD 12,345.50 | JPY 1,235 | PLN 1,234.50"})
    void moneyIsWrittenAsInTheLocale(String tag, String euro, String dollar, String yen, String zloty) {
        Formats formats = formats(tag);
        BigDecimal value = new BigDecimal("1234.5");

        assertThat(seen(formats.money(value, "EUR"))).isEqualTo(euro);
        assertThat(seen(formats.money(new BigDecimal("-12345.5"), "USD"))).isEqualTo(dollar);
        assertThat(seen(formats.money(value, "JPY"))).isEqualTo(yen);
        assertThat(seen(formats.money(value, "PLN"))).isEqualTo(zloty);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en | €12.3M | −€1.23B", "de | 12,3 Mio. € | −1,23 Mrd. €", "fr | 12,3 M € | −1,23 Md €", "es | 12,3 M € | −1235 M €",
        "pl | 12,3 mln € | −1,23 mld €", "de-AT | € 12,3 Mio. | −€ 1,23 Mrd.", "de-CH | EUR 12.3 Mio. | EUR−1.23 Mrd.",
        "fr-CH | 12,3 M € | −1,23 Md €", "en-GB | €12.3M | −€1.23B", "es-MX | EUR 12.3 M | −EUR 1,235 M", "ja | €12.3M | −€1.23B"})
    void hugeAmountsAreCompactWithTheirCurrency(String tag, String million, String billion) {
        assertThat(seen(formats(tag).compactMoney(12_345_678, "EUR"))).isEqualTo(million);
        assertThat(seen(formats(tag).compactMoney(-1_234_567_890L, "EUR"))).isEqualTo(billion);
        assertThat(formats(tag).compactMoney(12, "EUR")).isEqualTo(formats(tag).money(12, "EUR"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en | 1,234 | 12,345.6 | 12.3% | 12.3M", "de | 1.234 | 12.345,6 | 12,3 % | 12,3 Mio.", "fr | 1_234 | 12_345,6 | 12,3 % | 12,3 M",
        "es | 1234 | 12.345,6 | 12,3 % | 12,3 M", "pl | 1234 | 12 345,6 | 12,3% | 12,3 mln",
        "de-AT | 1 234 | 12 345,6 | 12,3 % | 12,3 Mio.",
        "de-CH | 1’234 | 12’345.6 | 12.3% | 12.3 Mio.", "fr-CH | 1_234 | 12_345,6 | 12,3% | 12,3 M",
        "en-GB | 1,234 | 12,345.6 | 12.3% | 12.3M", "es-MX | 1,234 | 12,345.6 | 12.3% | 12.3 M",
        "es-US | 1,234 | 12,345.6 | 12.3% | 12.3 M"})
    void numbersAreWrittenAsInTheLocale(String tag, String thousand, String decimal, String percent, String million) {
        Formats formats = formats(tag);

        assertThat(seen(formats.integer(1234))).isEqualTo(thousand);
        assertThat(seen(formats.decimal(new BigDecimal("12345.6"), 1))).isEqualTo(decimal);
        assertThat(seen(formats.percent(new BigDecimal("0.1234")))).isEqualTo(percent);
        assertThat(seen(formats.compact(12_345_678))).isEqualTo(million);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en | Nov 16 | November 16, 2026 | Nov 16, 2026, 5:00_AM | Mon", "de | 16. Nov. | 16. November 2026 | 16.11.2026, 05:00 | Mo",
        "fr | 16 nov. | 16 novembre 2026 | 16 nov. 2026 05:00 | lun.", "es | 16 nov | 16 de noviembre de 2026 | 16 nov 2026, 5:00 | lun",
        "pl | 16 lis | 16 listopada 2026 | 16 lis 2026, 05:00 | pon.", "de-AT | 16. Nov. | 16. November 2026 | 16.11.2026, 05:00 | Mo",
        "de-CH | 16. Nov. | 16. November 2026 | 16.11.2026, 05:00 | Mo", "fr-CH | 16 nov. | 16 novembre 2026 | 16 nov. 2026 05:00 | lun.",
        "en-GB | 16 Nov | 16 November 2026 | 16 Nov 2026, 05:00 | Mon",
        "es-MX | 16 de nov | 16 de noviembre de 2026 | 16 nov 2026, 5:00_a.m. | lun",
        "ar-EG | Nov 16 | November 16, 2026 | Nov 16, 2026, 5:00_AM | Mon", "hi | Nov 16 | November 16, 2026 | Nov 16, 2026, 5:00_AM | Mon",
        "nl | 16 nov | 16 november 2026 | 16 nov 2026, 05:00 | ma", "el | 16 Νοε | 16 Νοεμβρίου 2026 | 16 Νοε 2026, 5:00_π.μ. | Δευ"})
    void daysAreWrittenAsInTheLocale(String tag, String shortDate, String longDate, String moment, String weekday) {
        Formats formats = formats(tag);

        assertThat(seen(formats.dates().shortDate(DAY))).isEqualTo(shortDate);
        assertThat(seen(formats.dates().longDate(DAY))).isEqualTo(longDate);
        assertThat(seen(formats.dates().moment(MOMENT, "UTC"))).isEqualTo(moment);
        assertThat(formats.dates().weekday(DayOfWeek.MONDAY, TextStyle.SHORT_STANDALONE)).isEqualTo(weekday);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ar-EG | 1,234.50", "fa | 1,234.50", "hi | 1,234.50", "ja | 1,234.50", "de-u-nu-arab | 1.234,50"})
    void digitsThatTheFontDoesNotHaveBecomeLatin(String tag, String expected) {
        assertThat(formats(tag).money(new BigDecimal("1234.5"))).isEqualTo(expected);
    }

    /** Each character of each format of each locale that the JDK has; else it would show as U+FFFD. */
    @Test
    void theFontCanShowEveryLocale() {
        List<String> illegible = new ArrayList<>();
        for (Locale locale : Locale.getAvailableLocales()) {
            texts(new Formats(locale)).filter(text -> !LocaleSupport.legible(text) || text.contains("NaN") || text.contains("\u00a4"))
                    .forEach(text -> illegible.add(locale.toLanguageTag() + ": " + text));
        }

        assertThat(illegible).isEmpty();
    }

    @Test
    void theFiveLanguagesKeepTheirOwnDatesEverywhere() {
        assertThat(Stream.of(Locale.getAvailableLocales())
                .filter(locale -> ServiceMessages.LANGUAGES.contains(locale.getLanguage()) && locale.getVariant().isEmpty()
                        && !Set.of("Dsrt", "Shaw").contains(locale.getScript())))
                .hasSizeGreaterThan(200)
                .allSatisfy(locale -> assertThat(LocaleSupport.of(locale).dates()).isEqualTo(locale.stripExtensions()));
    }

    @Test
    void noNegativeNumberHasAHyphen() {
        for (String tag : ServiceMessages.LANGUAGES) {
            Formats formats = formats(tag);
            assertThat(Stream.of(formats.integer(-5), formats.money(-5), formats.money(-5, "EUR"), formats.compactMoney(-5e9, "CHF"),
                    formats.compact(-5e9), formats.figure(-0.5), formats.percent(-0.5), formats.change(1, 3)))
                    .allSatisfy(text -> assertThat(text).contains("−").doesNotContain("-"));
        }
    }

    @Property(tries = 200)
    void aFormattedAmountParsesToTheSameNumber(@ForAll @BigRange(min = "-99999999999", max = "99999999999") @Scale(2) BigDecimal value) {
        for (String tag : List.of("en", "de", "fr", "es", "pl", "de-AT", "de-CH", "fr-CH", "en-GB", "es-MX")) {
            BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP);
            char point = money(tag).getMonetaryDecimalSeparator();

            assertThat(read(formats(tag).money(value, "EUR"), point)).as(tag).isEqualByComparingTo(rounded);
            assertThat(read(formats(tag).money(value), number(tag).getDecimalSeparator())).as(tag).isEqualByComparingTo(rounded);
        }
    }

    @Test
    void eachCurrencyHasItsDecimalsAndASymbolInTheFont() {
        Formats english = formats("en");

        assertThat(seen(english.money(new BigDecimal("1.2345"), "KWD"))).isEqualTo("KWD 1.235");
        assertThat(english.money(new BigDecimal("-0.4"), "JPY")).isEqualTo("¥0");
        assertThat(Currency.getAvailableCurrencies()).filteredOn(currency -> currency.getDefaultFractionDigits() >= 0)
                .allSatisfy(currency -> assertThat(english.money(1, currency.getCurrencyCode())).matches(LocaleSupport::legible));
    }

    @Test
    void anUnknownCurrencyIsNamedWithFileAndLine() {
        for (String code : List.of("EURO", "eur", "XXX", "")) {
            assertThatThrownBy(() -> compose("a\nb {v.money('" + code + "')}", Map.of("v", 1)))
                    .isInstanceOf(RenderException.class)
                    .hasMessageStartingWith("x/report.html:2: ").hasMessageContaining("'" + code + "' is no currency");
        }
    }

    @Test
    void aTemplateWritesMoneyAndWeeks() {
        Map<String, Object> data = Map.of("v", new BigDecimal("12345678.9"), "code", "EUR", "day", LocalDate.of(2027, 1, 1));

        assertThat(compose("{v.money} {v.money(code)} {v.compactMoney('USD')} {day.weekLabel} {day.weekYear}-{day.weekNumber}", data))
                .isEqualTo("12,345,678.90 €12,345,678.90 $12.3M Week 53, 2026 2026-53");
    }

    private static String compose(String template, Map<String, ?> data) {
        return ReportTemplate.parse("x/report.html", template)
                .compose(data, ServiceMessages.of(Locale.ENGLISH), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));
    }

    private static Stream<String> texts(Formats formats) {
        Stream<String> numbers = Stream.of(-1_234_567.891, 12_345_678_901.5, 0.0, 1e15).flatMap(value -> Stream.of(
                formats.integer(value), formats.money(value), formats.money(value, "EUR"), formats.money(value, "INR"),
                formats.compactMoney(value, "GEL"), formats.compact(value), formats.figure(value), formats.percent(value),
                formats.change(value, 3)));
        Stream<String> days = Stream.iterate(DAY, day -> day.plusDays(32)).limit(12).flatMap(day -> Stream.of(
                formats.dates().shortDate(day), formats.dates().longDate(day),
                formats.dates().weekday(day.getDayOfWeek(), TextStyle.FULL_STANDALONE),
                formats.dates().weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE), formats.dates().moment(MOMENT, "Asia/Tokyo")));
        return Stream.concat(numbers, days);
    }

    private static BigDecimal read(String text, char point) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(c -> Character.isDigit(c) || c == point || c == '−')
                .forEach(c -> digits.append(c == point ? '.' : c == '−' ? '-' : (char) c));
        return new BigDecimal(digits.toString());
    }

    private static DecimalFormatSymbols money(String tag) {
        return ((DecimalFormat) NumberFormat.getCurrencyInstance(Locale.forLanguageTag(tag))).getDecimalFormatSymbols();
    }

    private static DecimalFormatSymbols number(String tag) {
        return ((DecimalFormat) NumberFormat.getNumberInstance(Locale.forLanguageTag(tag))).getDecimalFormatSymbols();
    }

    /** U+00A0 as a blank, U+202F as an underscore: to be seen in a source. */
    private static String seen(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', '_');
    }

    private static Formats formats(String tag) {
        return new Formats(Locale.forLanguageTag(tag));
    }
}
