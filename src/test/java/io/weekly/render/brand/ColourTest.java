package io.weekly.render.brand;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTest {
    @Property
    void textInTheColourOfABrandIsAlwaysReadable(@ForAll @IntRange(max = 0xffffff) int rgb) {
        Brand brand = Brand.of("#%06x".formatted(rgb));

        assertThat(colour(brand.ink()).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.graphic()).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(3);
        assertThat(colour(brand.onFill()).contrastWith(colour(brand.fill()))).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @CsvSource({"#0b5cad,#ffffff", "#ffe14d,#1b1f24", "#1877f2,#000000", "#777777,#000000",
        "#e63312,#000000", "#ff0000,#000000", "#0088cc,#000000"})
    void textOnAMediumColourIsBlack(String fill, String text) {
        Brand brand = Brand.of(fill);

        assertThat(brand.onFill()).isEqualTo(text);
        assertThat(colour(brand.onFill()).contrastWith(colour(fill))).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void aTextThatIsNotAColourBecomesTheDefault() {
        assertThat(Brand.of("red; } body { display: none")).isEqualTo(Brand.of(null)).isEqualTo(Brand.of("#1f4e8c"));
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex, null);
    }
}
