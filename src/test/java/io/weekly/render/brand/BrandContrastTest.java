package io.weekly.render.brand;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Contrasts by WCAG 2, for any colour of a tenant. */
class BrandContrastTest {

    private static final Colour CARD = colour("#1c2127");
    private static final Colour DARK_TEXT = colour("#111418");

    @Property(tries = 500)
    void aBrandIsReadableOnLightAndDark(@ForAll @IntRange(max = 0xffffff) int rgb) {
        var brand = Brand.of("#%06x".formatted(rgb));

        assertThat(colour(brand.ink()).contrastWith(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.onFill()).contrastWith(colour(brand.fill()))).isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.darkInk()).contrastWith(CARD)).isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.darkInk()).contrastWith(DARK_TEXT)).as("text on the button").isGreaterThanOrEqualTo(4.5);
        assertThat(colour(brand.darkGraphic()).contrastWith(CARD)).isGreaterThanOrEqualTo(3);
    }

    /** The fixed colours of the built-in mails: mail.html and note.html. */
    @Test
    void theOtherColoursOfMailsAreReadable() {
        for (var text : new String[] {"#1b1f24", "#434b54", "#5b646e", "#17693a", "#b42318"}) {
            assertThat(colour(text).contrastWith(Colour.WHITE)).as(text).isGreaterThanOrEqualTo(4.5);
        }
        for (var text : new String[] {"#e8eaed", "#a9b1bb", "#5fd08a", "#ff9a8f"}) {
            assertThat(colour(text).contrastWith(CARD)).as(text).isGreaterThanOrEqualTo(4.5);
        }
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex, Colour.BLACK);
    }
}
