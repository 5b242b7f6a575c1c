package io.weekly.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RunCursorsTest {

    @Property
    void theRangesHaveNoGapsAndNoOverlaps(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 2) long done,
            @ForAll @LongRange(min = 0, max = 10_000_000) long more,
            @ForAll @IntRange(min = 1, max = 10_000) int chunk) {
        var ranges = RunCursors.ranges(done, done + more, chunk);

        assertThat(ranges).hasSizeBetween(1, RunCursors.MAX_PARTS);
        assertThat(ranges.getFirst().after()).isEqualTo(done);
        for (var i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).after()).isEqualTo(ranges.get(i - 1).upTo());
        }
        // A recipient that is added during the enqueuing has a greater id than all others and belongs to the last range.
        assertThat(ranges.getLast().upTo()).isEqualTo(Long.MAX_VALUE);
        assertThat(ranges).allSatisfy(range -> assertThat(range.upTo() - range.after()).isGreaterThanOrEqualTo(0));
    }

    @Property
    void recipientsThatFitIntoOneChunkAreOneRange(
            @ForAll @IntRange(min = 1, max = 10_000) int chunk, @ForAll @LongRange(min = 1, max = 1_000_000) long done) {
        assertThat(RunCursors.ranges(done, done + chunk, chunk)).containsExactly(new RunCursors.Range(done, Long.MAX_VALUE));
    }
}
