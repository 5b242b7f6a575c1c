package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same value in the page, the CSV and the workbook. */
class ReportTablesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "text", value = {
        "2026-11-16T06:30 | 2026-11-16 06:30:00 | yyyy-mm-dd hh:mm:ss",
        "2026-11-16T00:00 | 2026-11-16 00:00:00 | yyyy-mm-dd hh:mm:ss",
        "2026-11-16T23:59:59.5 | 2026-11-16 23:59:59.5 | yyyy-mm-dd hh:mm:ss.0",
        "2026-11-16T06:30:05.025 | 2026-11-16 06:30:05.025 | yyyy-mm-dd hh:mm:ss.000",
        "2026-11-16T06:30:05.000001 | 2026-11-16 06:30:05.000001 | text",
        "1815-06-18T11:30 | 1815-06-18 11:30:00 | text"})
    void aTimeIsWrittenTheSameWayEverywhere(LocalDateTime time, String text, String pattern) throws IOException {
        var figures = Map.of("rows", List.of(Map.<String, Object>of("a", time)));

        assertThat(ReportPage.of(definition(), figures, facts())).contains(">" + text + "<");
        assertThat(new String(ReportTables.csv(definition(), figures, facts()), StandardCharsets.UTF_8)).endsWith("a\r\n" + text + "\r\n");
        var cell = cell(definition(), figures);
        if (pattern == null) {
            assertThat(cell.asString()).isEqualTo(text);
        } else {
            assertThat(cell.getDataFormatString()).isEqualTo(pattern);
            assertThat(cell.asDate()).isEqualTo(time);
        }
    }

    @Test
    void aYearIsANumberWithoutSeparatorsInAWorkbook() throws IOException {
        var figures = Map.of("rows", List.of(Map.<String, Object>of("a", 2026L)));

        var year = cell(definition().withYears(Map.of("rows", Set.of("a"), "others", Set.of("b"))), figures);

        assertThat(year.getType()).isEqualTo(CellType.NUMBER);
        assertThat(year.asNumber()).isEqualByComparingTo("2026");
        assertThat(year.getDataFormatString()).isNull();
        assertThat(cell(definition(), figures).getDataFormatString()).isEqualTo("#,##0");
    }

    @Test
    void theFormatOfTheAuthorTakesPrecedenceForAYear() throws IOException {
        var yaml = DefinitionFiles.GOOD.get("report.yaml") + "datasets: {rows: {columns: {a: decimal}}}";
        var files = DefinitionFiles.with("report.yaml", yaml);
        var figures = Map.of("rows", List.of(Map.<String, Object>of("a", 2026L)));

        var year = cell(DefinitionFiles.definition(files).withYears(Map.of("rows", Set.of("a"))), figures);

        assertThat(year.getDataFormatString()).isEqualTo("#,##0.00");
    }

    private static Definition definition() {
        return DefinitionFiles.definition(DefinitionFiles.GOOD);
    }

    private static ReportFacts facts() {
        return Samples.all().get("normal-en").facts();
    }

    private static Cell cell(Definition definition, Map<String, List<Map<String, Object>>> figures) throws IOException {
        var bytes = new ByteArrayInputStream(ReportTables.xlsx(definition, figures, facts()));
        try (var book = new ReadableWorkbook(bytes, new ReadingOptions(true, false))) {
            return book.getFirstSheet().read().get(1).getCell(0);
        }
    }
}
