package io.weekly.render.sheet;

import static io.weekly.render.sheet.Tables.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void theFileIsRfc4180WithTheByteOrderMarkThatExcelNeeds() {
        var rows = List.of(
                row("name", "Müller, \"Söhne\"", "value", new BigDecimal("-12345.60"), "n", 9_223_372_036_854_775_807L,
                        "day", LocalDate.of(2026, 11, 16), "at", LocalDateTime.of(2026, 11, 16, 6, 0), "none", null),
                row("name", "two\nlines", "value", new BigDecimal("1E+3"), "n", 0L, "day", null, "at", null, "none", null));

        var text = text(Table.of("d", rows, Map.of("value", ColumnFormat.MONEY), Map.of("column_name", "Name des Kunden")));

        assertThat(text).isEqualTo("\uFEFFname,value,n,day,at,none\r\n"
                + "\"Müller, \"\"Söhne\"\"\",-12345.6,9223372036854775807,2026-11-16,2026-11-16 06:00:00,\r\n"
                + "\"two\nlines\",1000,0,,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
        "\tx", "＝1+1", "＋1", "－1", "＠x", "  =1", "\u200b=1"})
    void aFormulaGetsAnApostrophe(String text) {
        assertThat(field(text)).startsWith("'").isEqualTo("'" + text);
    }

    @Test
    void controlCharactersAreReplacedAndHideNoFormula() {
        assertThat(field("\u0000=1")).isEqualTo("'\ufffd=1");
        assertThat(field("a\u0000b\u0007c\ufffed\ud83de\tf")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\tf");
    }

    @Test
    void aNumberHasNoZerosAtItsEnd() {
        var table = Tables.of(new BigDecimal("220478.0100"), new BigDecimal("3861.0000"), new BigDecimal("100"), new BigDecimal("0.00"));

        assertThat(text(table))
                .isEqualTo("\uFEFFvalue\r\n220478.01\r\n3861\r\n100\r\n0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;=1+1", "a;\t=1", "a\n=1", "a|@x"})
    void aFormulaAfterAnotherSeparatorGetsAnApostropheToo(String text) {
        assertThat(field(text)).matches("(?s)a[;\\n|]'.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "a-b", "x@y.test", "a; b", "'quoted'", "1-2", "a\nb"})
    void otherTextStaysAsItIs(String text) {
        assertThat(field(text)).isEqualTo(text);
    }

    @Test
    void severalTablesAreAZipWithAFileForEachDatasetAndTheSameBytesEachTime() throws IOException {
        var tables = List.of(
                Table.of("kpis", List.of(row("n", 1L)), Map.of(), Map.of("sheet_kpis", "Kennzahlen")),
                Table.of("top", List.of(row("n", 2L)), Map.of(), Map.of()));

        var zip = Csv.zip(tables);

        assertThat(files(zip)).isEqualTo(Map.of("kpis.csv", "\uFEFFn\r\n1\r\n", "top.csv", "\uFEFFn\r\n2\r\n"));
        assertThat(files(zip).keySet()).containsExactly("kpis.csv", "top.csv");
        assertThat(Csv.zip(tables)).isEqualTo(zip);
    }

    private static String field(String text) {
        var written = text(Tables.of(text)).substring("\uFEFFvalue\r\n".length());
        var field = written.substring(0, written.length() - 2);
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    private static String text(Table table) {
        return new String(Csv.render(table), StandardCharsets.UTF_8);
    }

    private static Map<String, String> files(byte[] bytes) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
