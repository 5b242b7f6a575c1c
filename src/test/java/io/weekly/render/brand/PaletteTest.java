package io.weekly.render.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    @Property
    void theColoursOfEveryPaletteAreVisibleAndDistinct(@ForAll @IntRange(max = 0xffffff) int rgb) {
        check("#%06x".formatted(rgb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#000000", "#ffff00", "#ff0000", "#00ff00", "#0000ff",
        "#808080", "#8a8a8a", "#868e97", "#ffe14d", "#1b1f24"})
    void soAreThoseOfExtremeColours(String colour) {
        check(colour);
    }

    private static void check(String brand) {
        Palette palette = Palette.of(Brand.of(brand));
        List<String> all = new ArrayList<>(palette.colours());
        all.add(palette.other());

        assertThat(palette.colours()).hasSize(Palette.SIZE);
        for (int i = 0; i < all.size(); i++) {
            assertThat(colour(all.get(i)).contrastWith(Colour.WHITE)).as(brand + " " + all).isGreaterThanOrEqualTo(3);
            assertThat(colour(Palette.ink(all.get(i))).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
            if (i > 0) {
                assertThat(colour(all.get(i)).contrastWith(colour(all.get(i - 1))))
                        .as(brand + " " + all + " " + i).isGreaterThanOrEqualTo(1.3);
            }
            for (int j = 0; j < i; j++) {
                assertThat(distance(colour(all.get(i)), colour(all.get(j))))
                        .as(brand + " " + all + " " + j + " " + i).isGreaterThanOrEqualTo(0.04);
            }
        }
    }

    /** In OKLab, where 0.02 is the least that an eye sees side by side. */
    private static double distance(Colour one, Colour other) {
        Oklch a = Oklch.of(one);
        Oklch b = Oklch.of(other);
        double x = a.chroma() * Math.cos(a.hue()) - b.chroma() * Math.cos(b.hue());
        double y = a.chroma() * Math.sin(a.hue()) - b.chroma() * Math.sin(b.hue());
        return Math.sqrt(x * x + y * y + Math.pow(a.lightness() - b.lightness(), 2));
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex, null);
    }
}
