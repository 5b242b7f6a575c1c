package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPagesTest {

    private static final int SIZE = 3;

    /** With the primary key, each is read once. Without it, one more with an id must not be passed over, also at the end of a page. */
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 2", "1 2 3", "1 2 3 4 5 6 7", "2 5 9 10", "1 2 3 3 4", "1 2 3 3 3 4"})
    void noEventIsPassedOver(String ids) {
        var table = ids.isEmpty() ? List.<Long>of() : LongStream.of(parsed(ids)).boxed().toList();

        assertThat(read(table)).isEqualTo(table);
    }

    /** A page of one id would come again and again. So some may be left out or read twice, but more are read than there are ids. */
    @ParameterizedTest
    @ValueSource(strings = {"1 1 1 1 1 2", "1 2 2 2 2 2 2 3", "1 1 2 3 4 5 5 5"})
    void manyEventsWithOneIdEndTheReadingToo(String ids) {
        var table = LongStream.of(parsed(ids)).boxed().toList();

        assertThat(read(table)).hasSizeGreaterThan((int) table.stream().distinct().count()).endsWith(table.getLast());
    }

    private static long[] parsed(String ids) {
        return List.of(ids.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    private static List<Long> read(List<Long> table) {
        var pages = new EventPages(1, SIZE);
        var read = new ArrayList<Long>();
        while (!pages.end()) {
            var next = pages.next();
            var page = table.stream().filter(id -> id >= next).limit(SIZE).map(EventPagesTest::event).toList();
            pages.unread(page).forEach(event -> read.add(event.id()));
        }
        return read;
    }

    private static SealedEvent event(long id) {
        return new SealedEvent(id, null, null, null, null, null, null, null, null);
    }
}
