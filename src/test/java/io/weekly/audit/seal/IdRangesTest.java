package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.audit.seal.IdRanges.IdRange;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdRangesTest {

    private static final IdRanges SOME = IdRanges.of(LongStream.of(3, 5, 6, 7, 20));

    @Test
    void theTextOfIdsIsReadAsTheSameIds() {
        assertThat(SOME.text()).isEqualTo("3,5-7,20");
        assertThat(IdRanges.parse("3,5-7,20")).isEqualTo(SOME);
        assertThat(IdRanges.parse(null)).isEqualTo(IdRanges.NONE);
        assertThat(IdRanges.NONE.text()).isNull();
    }

    @Test
    void eachIdIsEitherInTheRangesOrInTheirComplement() {
        var others = SOME.complement(1, 25);

        for (var id = 1L; id <= 25; id++) {
            assertThat(others.contains(id)).as("%d", id).isNotEqualTo(SOME.contains(id));
        }
        assertThat(SOME.ids()).containsExactly(3L, 5L, 6L, 7L, 20L);
        assertThat(IdRanges.NONE.complement(4, 3)).isEqualTo(IdRanges.NONE);
    }

    @Test
    void mergedRangesHaveAllIds() {
        assertThat(SOME.merged(2)).containsExactly(new IdRange(3, 7), new IdRange(20, 20));
        assertThat(SOME.merged(64)).isEqualTo(SOME.ranges());
    }

    /** The database is not trusted. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1,", "5-3", "5,4", "1-3,4", "1,,2", "99999999999999999999"})
    void aTextThatNoSealHasGivesARangeThatNoSealHas(String text) {
        assertThat(IdRanges.parse(text).text()).isEqualTo("-1");
    }
}
