package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MultiRowInsertTest {

    @Property
    void partsContainEachRowOnceInOrderAndHaveEightSizes(@ForAll @IntRange(max = 2000) int count) {
        var rows = IntStream.range(0, count).boxed().toList();

        var parts = MultiRowInsert.parts(rows);

        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
        assertThat(parts).allSatisfy(part -> assertThat(part.size()).isIn(1, 2, 4, 8, 16, 32, 64, 128));
    }
}
