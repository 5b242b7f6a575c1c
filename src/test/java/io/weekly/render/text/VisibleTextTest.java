package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "شركة النور, 9, ش ر ك ة ا ل ن و", "株式会社山田, 6, 株 式 会 社 山 田", "שלום, 4, ש ל ו ם", "a🎉b🎉, 2, 🎉", "ไทย, 3, ไ ท ย"})
    void charactersThatTheFontDoesNotHaveAreCountedAndNamed(String text, int count, String examples) {
        assertThat(MissingCharacters.of(text)).isEqualTo(new MissingCharacters(count, examples));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Ann Miller", "Łódź €5 – „x“", "Ελένη Щукина", "e\u0301", "c\u200dd", "a\ufe0f", "12\u202f345", "a\nb\tc", "Nguyễn"})
    void aTextThatTheFontCanShowHasNoWarning(String text) {
        assertThat(MissingCharacters.of(text).warning("the name")).isEmpty();
    }

    @Test
    void whatWasLostBeforeIsCountedWithoutAnExample() {
        assertThat(MissingCharacters.of("a\ufffdb\u0007\u009b")).isEqualTo(new MissingCharacters(3, ""));
        assertThat(MissingCharacters.of("a\ufffd").warning("the report").orElseThrow().message())
                .isEqualTo("Characters of the report that the font of the PDF does not have: 1. The PDF shows \ufffd instead.");
    }

    @Test
    void theWarningNamesTenCharactersAtMost() {
        var warning = MissingCharacters.of("一二三四五六七八九十百千").warning("the name").orElseThrow();

        assertThat(warning.code()).isEqualTo("missing-characters");
        assertThat(warning.message()).contains("the name", ": 12, such as 一 二 三 四 五 六 七 八 九 十.").doesNotContain("百");
    }

    /** OpenPDF draws nothing for them, and two words would become one. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085", "\u3000", "\u2003", "\u205f"})
    void aSpaceThatTheFontDoesNotHaveIsStillASpace(String space) {
        assertThat(new VisibleText().of("North" + space + "East").strip()).matches("North[ \u2003\u205f]East");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "ja-JP", "he", "hi-IN", "th", "zh-Hans", "ko", "fa-IR"})
    void aLocaleWhoseScriptTheFontDoesNotHaveHasAWarning(String locale) {
        assertThat(ReaderLanguage.warning(locale).orElseThrow().code()).isEqualTo("locale-not-shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de-AT", "fr-CH", "pl", "el-GR", "ru", "uk", "tr", "vi", "pt-BR", "de-DE-u-co-phonebk"})
    void aLocaleThatTheFontCanShowHasNoWarning(String locale) {
        assertThat(ReaderLanguage.warning(locale)).isEmpty();
    }
}
