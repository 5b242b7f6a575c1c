package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocaleSupportTest {

    @ParameterizedTest
    @CsvSource({
        "en-US-aaaaa, en-US", "de-AT-1996-u-nu-arab, de-AT", "de-ZZ, de", "sr-Latn-RS-x-some, sr-Latn-RS", "fr-CH, fr-CH", "es-419, es-419",
        "en-x-private, en", "qqq-AT, und"})
    void aTagHasTheFormatsOfTheKnownLocaleThatIsNearest(String tag, String known) {
        assertThat(support(tag)).isSameAs(support(known));
        assertThat(support(tag).showsDates(Locale.forLanguageTag(tag))).isEqualTo(support(known).showsDates(Locale.forLanguageTag(known)));
    }

    /** An upload can have a new tag in each line. The JDK never removes what it has cached for a locale. */
    @Test
    void anyNumberOfTagsCostsNoMoreThanTheirKnownLocales() {
        assertThat(IntStream.range(0, 100_000).mapToObj("en-US-x%05d"::formatted).map(LocaleSupportTest::support).distinct()).hasSize(1);
    }

    private static LocaleSupport support(String tag) {
        return LocaleSupport.of(Locale.forLanguageTag(tag));
    }
}
