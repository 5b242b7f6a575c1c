package io.weekly.render.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.awt.geom.AffineTransform;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvgTransformTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "translate(1,2) scale (3)        | 3 0 0 3 1 2",
        "translate(1 2)scale(3 4)        | 3 0 0 4 1 2",
        "matrix(1 2 3 4 5 6)             | 1 2 3 4 5 6",
        "translate(1),translateY(2)      | 1 0 0 1 1 2",
        "unknown(7) translate(1,2)       | 1 0 0 1 1 2",
        "translate(1,2) scale(3          | 1 0 0 1 1 2",
        "rotate(180deg)                  | -1 0 0 -1 0 0",
        "skewX(45)                       | 1 0 1 1 0 0",
        "(5) translate(1,2) )(           | 1 0 0 1 1 2"})
    void functionsAreAppliedInTheirOrder(String text, String matrix) {
        double[] expected = SvgColour.numbers(matrix);
        double[] found = new double[6];
        SvgTransform.parse(text).getMatrix(found);

        assertThat(found).containsExactly(expected, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aTextWithoutFunctionsChangesNothing() {
        assertThat(SvgTransform.parse("scale")).isEqualTo(new AffineTransform());
        assertThat(SvgTransform.parse("")).isEqualTo(new AffineTransform());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scale(", "a", "(", ")", " ", "scale (", "scale(1 ", "1", "-", "scale()", "1-", ",", "."})
    void theTimeGrowsWithTheLengthOnly(String part) {
        String text = part.repeat(200_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> SvgTransform.parse(text));
    }
}
