package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.run.Ledgers.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerCsvTest {

    /** The address and the reply of a mail server come from outside. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '`', value = {
        "=1+1 '=1+1", "a;=1+1 a;'=1+1", "a|@x a|'@x", "a=1 a=1", "x@y.test x@y.test", "\uFF1D1 '\uFF1D1", "\u200b-1 '\u200b-1",
        "a\u0000b a\uFFFDb", "a\u001bb a\uFFFDb"})
    void aFormulaIsDefusedWhereverACellCouldBegin(String detail, String defused) {
        var line = new Line("u-1", "019ab2f07c1e7d3a9f4be2a1c05d6e7f", "failed", null, null, detail, null, null, 1, false, detail);

        var csv = new String(LedgerCsv.lines(List.of(line)), StandardCharsets.UTF_8);

        assertThat(csv).isEqualTo("u-1,019ab2f07c1e7d3a9f4be2a1c05d6e7f,failed,,,%s,,,1,false,%s\r\n".formatted(defused, defused));
    }
}
