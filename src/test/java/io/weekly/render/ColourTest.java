package io.weekly.render;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColourTest {
    @Property
    void textInABrandsColourCanAlwaysBeRead(@ForAll @IntRange(max = 0xffffff) int rgb) {
        Brand brand = Brand.of("#%06x".formatted(rgb));

        assertThat(colour(brand.ink()).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.graphic()).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(3);
        assertThat(colour(brand.onFill()).contrastWith(colour(brand.fill()))).isGreaterThanOrEqualTo(3.6);
    }

    @Test
    void whatIsNoColourIsTheDefaultOne() {
        assertThat(Brand.of("red; } body { display: none")).isEqualTo(Brand.of(null)).isEqualTo(Brand.of("#1f4e8c"));
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex, null);
    }
}
