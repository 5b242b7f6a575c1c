package io.weekly.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Property
    void everyValueAndZeroAreOnTheAxisAndTheTicksAreFew(
            @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = -1e20, max = 1e20) Double> values) {
        Axis axis = Axis.of(values, 4);

        assertThat(axis.ticks().size()).isBetween(2, 8);
        assertThat(axis.from()).isLessThanOrEqualTo(0);
        values.forEach(value -> assertThat(axis.share(value)).isBetween(-1e-9, 1 + 1e-9));
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(Axis.of(List.of(16252.7, 8000.0), 4).ticks()).containsExactly(0.0, 5000.0, 10000.0, 15000.0, 20000.0);
        assertThat(Axis.of(List.of(3.0), 4).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(Axis.of(List.of(-30.0, 40.0), 4).ticks()).containsExactly(-40.0, -20.0, 0.0, 20.0, 40.0);
    }

    @Test
    void withoutDataThereIsAnAxisToo() {
        assertThat(Axis.of(List.of(), 4).ticks()).containsExactly(0.0, 1.0);
    }
}
