package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    private final Formats english = new Formats(Locale.ENGLISH);
    private final Formats german = new Formats(Locale.GERMAN);
    private final Formats french = new Formats(Locale.FRENCH);

    @Test
    void eachLocaleHasItsSeparators() {
        BigDecimal value = new BigDecimal("1234567.8");

        assertThat(english.money(value)).isEqualTo("1,234,567.80");
        assertThat(german.money(value)).isEqualTo("1.234.567,80");
        assertThat(french.money(value)).isEqualTo("1\u202f234\u202f567,80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 0", "0.5 | 0.5", "99.994 | 99.99", "100.4 | 100", "9999999.4 | 9,999,999", "9999999.5 | 10M", "12345678901234.56 | 12.3T",
        "-12345678901234.56 | −12.3T", "-0.001 | 0", "-1284 | −1,284", "99999999999999999999.9999 | 100,000,000T"})
    void aFigureFitsASmallSpace(BigDecimal value, String expected) {
        assertThat(english.figure(value)).isEqualTo(expected);
    }

    @Test
    void hugeFiguresAreCompactInEachLocale() {
        BigDecimal value = new BigDecimal("12345678901234.56");

        assertThat(german.figure(value)).isEqualTo("12,3\u00a0Bio.");
        assertThat(french.figure(value)).isEqualTo("12,3\u00a0Bn");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "110 | 100 | +10.0%", "90 | 100 | −10.0%", "100 | 100 | 0.0%", "5 | 0 | –", "-50 | -100 | +50.0%", "1000000 | 1 | >\u202f+999%",
        "-1000000 | 1 | <\u202f−999%"})
    void aChangeHasASignAndALimit(BigDecimal now, BigDecimal before, String expected) {
        assertThat(english.change(now, before)).isEqualTo(expected);
    }

    @Test
    void withoutAPreviousValueThereIsNoChange() {
        assertThat(english.change(5, null)).isEqualTo("–");
        assertThat(english.direction(5, null)).isEqualTo("unknown");
    }

    @Test
    void daysAndTimesAreWrittenAsInTheLocale() {
        LocalDate day = LocalDate.of(2026, 11, 16);

        assertThat(english.dates().shortDate(day)).isEqualTo("Nov 16");
        assertThat(german.dates().longDate(day)).isEqualTo("16. November 2026");
        assertThat(french.dates().longDate(day)).isEqualTo("16 novembre 2026");
        assertThat(german.dates().moment(Instant.parse("2026-11-23T05:00:00Z"), "Europe/Berlin")).isEqualTo("23.11.2026, 06:00");
        assertThat(english.dates().week(LocalDate.of(2027, 1, 1))).isEqualTo(53);
    }
}
