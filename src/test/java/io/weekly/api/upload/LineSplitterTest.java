package io.weekly.api.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.api.upload.LineSplitter.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LineSplitterTest {

    @Property
    void theSizeOfTheChunksDoesNotMatter(@ForAll("bodies") String body, @ForAll @IntRange(min = 1, max = 9) int size) {
        var expected = new ArrayList<String>();
        var split = body.split("\n", -1);
        for (int i = 0; i < split.length; i++) {
            if (!split[i].isBlank()) {
                expected.add((i + 1) + ":" + split[i]);
            }
        }

        assertThat(cut(body.getBytes(StandardCharsets.UTF_8), size)).map(LineSplitterTest::text).isEqualTo(expected);
    }

    @Example
    void aLineThatIsTooLongIsReportedAndTheNextOneIsWhole() {
        var body = "a\n" + "x".repeat(LineSplitter.MAX_LINE_BYTES + 1) + "\nb\n" + "y".repeat(LineSplitter.MAX_LINE_BYTES) + "\n"
                + "z".repeat(200_000);

        var lines = cut(body.getBytes(StandardCharsets.UTF_8), 8_192);

        assertThat(lines).map(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(lines).map(Line::isTooLong).containsExactly(false, true, false, false, true);
    }

    @Example
    void aLongBlankLineIsNotLostEither() {
        var lines = cut((" ".repeat(LineSplitter.MAX_LINE_BYTES + 1) + "\n \r\n\t\na").getBytes(StandardCharsets.UTF_8), 1_000);

        assertThat(lines).map(Line::number).containsExactly(1L, 4L);
    }

    @Example
    void aByteOrderMarkAtTheStartIsRemovedForEachChunkSize() {
        for (int size = 1; size < 8; size++) {
            var lines = cut("\ufeffa\n\ufeffb".getBytes(StandardCharsets.UTF_8), size);

            assertThat(lines).map(LineSplitterTest::text).containsExactly("1:a", "2:\ufeffb");
        }
    }

    private static List<Line> cut(byte[] body, int size) {
        var lines = new LineSplitter();
        var found = new ArrayList<Line>();
        for (int from = 0; from < body.length; from += size) {
            found.addAll(lines.cut(Arrays.copyOfRange(body, from, Math.min(body.length, from + size))));
        }
        found.addAll(lines.last());
        return found;
    }

    private static String text(Line line) {
        return line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings().withChars("aé \r\n\t").ofMaxLength(60);
    }
}
