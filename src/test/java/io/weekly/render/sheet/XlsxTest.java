package io.weekly.render.sheet;

import static io.weekly.render.sheet.Tables.LOOK;
import static io.weekly.render.sheet.Tables.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxTest {
    @TempDir Path folder;

    @Test
    void eachTypeHasACellOfItsType() throws IOException {
        var cells = column(Tables.of(
                42L, new BigDecimal("-12.50"), "text", LocalDate.of(2026, 11, 16), LocalDateTime.of(2026, 11, 16, 6, 30, 5), null, "last"));

        assertThat(cells.get(1).asNumber()).isEqualByComparingTo("42");
        assertThat(cells.get(2).asNumber()).isEqualByComparingTo("-12.5");
        assertThat(cells.get(3).asString()).isEqualTo("text");
        assertThat(cells.get(4).getType()).isEqualTo(CellType.NUMBER);
        assertThat(cells.get(4).asDate()).isEqualTo(LocalDate.of(2026, 11, 16).atStartOfDay());
        assertThat(cells.get(4).getDataFormatString()).isEqualTo("yyyy-mm-dd");
        assertThat(cells.get(5).asDate()).isEqualTo(LocalDateTime.of(2026, 11, 16, 6, 30, 5));
        // The row of the null has no cell.
        assertThat(cells.get(6).getAddress().getRow()).isEqualTo(7);
        assertThat(cells.get(6).asString()).isEqualTo("last");
    }

    @Test
    void columnsHaveTheirFormats() throws IOException {
        var formats = Map.of(
                "value", ColumnFormat.MONEY, "share", ColumnFormat.PERCENT, "n", ColumnFormat.INTEGER, "year", ColumnFormat.PLAIN,
                "metric", ColumnFormat.LABEL);
        var rows = List.of(row(
                "value", new BigDecimal("1234.5"), "share", new BigDecimal("0.1234"), "n", 7L, "year", 2026L, "metric", "revenue",
                "whole", new BigDecimal("12.0000"), "part", new BigDecimal("12.2500")));
        var look = new Xlsx.Style("t", "a", Brand.of("#0b5cad"), Optional.of("EUR"));
        var messages = Map.of("column_value", "Wert", "sheet_figures", "Zahlen", "metric_revenue", "Umsatz");

        var table = Table.of("figures", rows, formats, messages);
        var sheets = read(Xlsx.render("d", List.of(table), look));

        assertThat(sheets.getFirst().getName()).isEqualTo("Zahlen");
        var row = sheets.getFirst().read().get(1);
        assertThat(sheets.getFirst().read().getFirst().stream().map(Cell::asString))
                .containsExactly("Wert", "Share", "N", "Year", "Metric", "Whole", "Part");
        assertThat(row.stream().map(Cell::getDataFormatString))
                .containsExactly("[$EUR] #,##0.00", "0.0%", "#,##0", null, null, "#,##0", "#,##0.00");
        assertThat(row.getCell(4).asString()).isEqualTo("Umsatz");
    }

    @Test
    void eachMetricHasItsOwnDecimals() throws IOException {
        var rows = List.of(
                row("metric", "revenue", "value", new BigDecimal("84213.4500")),
                row("metric", "orders", "value", new BigDecimal("3861.0000")),
                row("metric", "revenue", "value", new BigDecimal("90000.0000")), row("metric", "visitors", "value", null));
        var table = Table.of("kpis", rows, Map.of("metric", ColumnFormat.LABEL), Map.of());

        var cells = read(Xlsx.render("d", List.of(table), LOOK)).getFirst().read();

        assertThat(cells.subList(1, 4).stream().map(row -> row.getCell(1).getDataFormatString()))
                .containsExactly("#,##0.00", "#,##0", "#,##0.00");
        assertThat(cells.get(2).getCell(1).asNumber()).isEqualByComparingTo("3861");
    }

    @Test
    void daysBeforeTheFirstDayOfExcelAreText() throws IOException {
        var cells = column(Tables.of(
                LocalDate.of(1899, 12, 31), LocalDate.of(1900, 2, 28), LocalDate.of(1900, 3, 1), LocalDateTime.of(1815, 6, 18, 11, 30)));

        assertThat(cells.get(1).asString()).isEqualTo("1899-12-31");
        assertThat(cells.get(2).asString()).isEqualTo("1900-02-28");
        assertThat(cells.get(3).asDate()).isEqualTo(LocalDate.of(1900, 3, 1).atStartOfDay());
        assertThat(cells.get(4).asString()).isEqualTo("1815-06-18 11:30:00");
    }

    @Test
    void blanksAtTheEndsOfATextAreKept() throws IOException {
        var bytes = Xlsx.render("d", List.of(Tables.of("  two, then <one> ", "none")), LOOK);

        assertThat(part(bytes, "xl/worksheets/sheet1.xml"))
                .contains("<t xml:space=\"preserve\">  two, then &lt;one&gt; </t>", "<t>none</t>", "paperSize=\"9\"");
        assertThat(read(bytes).getFirst().read().get(1).getCell(0).asString()).isEqualTo("  two, then <one> ");
    }

    @Test
    void aNumberThatADoubleCannotHoldIsRoundedOrBecomesText() throws IOException {
        var cells = column(Tables.of(
                9_223_372_036_854_775_807L, new BigDecimal("123456789012345"), new BigDecimal("0.33333333333333333333"),
                new BigDecimal("1234567890123.4567"), new BigDecimal("12345678901234.567"), new BigDecimal("1e400")));

        assertThat(cells.get(1).asString()).isEqualTo("9223372036854775807");
        assertThat(cells.get(2).asNumber()).isEqualByComparingTo("123456789012345");
        assertThat(cells.get(3).asNumber()).isEqualByComparingTo("0.333333333333333");
        assertThat(cells.get(4).asNumber()).isEqualByComparingTo("1234567890123.46");
        assertThat(cells.get(5).asString()).isEqualTo("12345678901234.567");
        assertThat(cells.get(6).asString()).startsWith("1000").hasSize(401);
    }

    @Test
    void noTextIsEverAFormulaOrBreaksTheFile() throws IOException {
        var cells = column(Tables.of(
                "=1+1", "<b>&\"'</b>]]>", "a\u0000b\u0007c\ufffed\ud83de", "_x0041_", "tab\tline\nend",
                "x".repeat(40_000), "=cmd|' /C calc'!A0"));

        assertThat(cells.stream().map(Cell::getFormula)).containsOnlyNulls();
        assertThat(cells.get(1).asString()).isEqualTo("=1+1");
        assertThat(cells.get(2).asString()).isEqualTo("<b>&\"'</b>]]>");
        assertThat(cells.get(3).asString()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
        // What Excel reads as _x0041_ again; this reader shows it as it stands.
        assertThat(cells.get(4).asString()).isEqualTo("_x005F_x0041_");
        assertThat(cells.get(5).asString()).isEqualTo("tab\tline\nend");
        assertThat(cells.get(6).asString().length()).isEqualTo(32_767);
        assertThat(cells.get(6).asString().endsWith("x…")).isTrue();
    }

    @Test
    void sheetsHaveValidAndUniqueNames() throws IOException {
        var messages = Map.of(
                "sheet_a", "L'année [2026]: a/b\\c?*", "sheet_b", "", "sheet_c", "x".repeat(40), "sheet_d", "X".repeat(40),
                "sheet_e", "History");
        var tables = List.of("a", "b", "c", "d", "e").stream()
                .map(name -> Table.of(name, List.of(row("n", 1L)), Map.of(), messages)).toList();

        var names = read(Xlsx.render("d", tables, LOOK)).stream().map(Sheet::getName).toList();

        assertThat(names).containsExactly(
                "L’année  2026   a b c", "Sheet", "x".repeat(30) + "…", "X".repeat(26) + "… (2)", "History (2)");
        assertThat(names).allSatisfy(name -> assertThat(name).hasSizeBetween(1, 31));
    }

    @Test
    void theHeadingIsFrozenHasAFilterAndTheTenantsColour() throws IOException {
        var look = new Xlsx.Style("Titel", "Müller & Söhne", Brand.of("#ffe14d"), Optional.empty());
        var bytes = Xlsx.render("d", List.of(Tables.of(1L, 2L)), look);

        var sheet = part(bytes, "xl/worksheets/sheet1.xml");
        assertThat(sheet).contains("<pane xSplit=\"0\" ySplit=\"1\"", "state=\"frozen\"", "<cols>")
                .containsPattern("<autoFilter ref=\"A1:A3\"");
        var styles = part(bytes, "xl/styles.xml");
        assertThat(styles).contains("<b/>").containsIgnoringCase("ffe14d").containsIgnoringCase("1b1f24");
        assertThat(part(bytes, "docProps/core.xml")).contains("Titel", "<dc:creator>M&#xfc;ller &amp; S&#xf6;hne");
    }

    @Test
    void aTableWithoutRowsIsASheetWithItsKnownColumns() throws IOException {
        var table = Table.of("figures", List.of(), Map.of("value", ColumnFormat.MONEY), Map.of());

        var sheet = read(Xlsx.render("d", List.of(table), LOOK)).getFirst();

        assertThat(sheet.read()).singleElement().satisfies(row -> assertThat(row.getCell(0).asString()).isEqualTo("Value"));
    }

    @Test
    void aTableWithTooManyRowsIsRefusedByName() {
        var table = Table.of("figures", Tables.lazily(Xlsx.MAX_ROWS + 1, 1), Map.of(), Map.of());

        assertThatThrownBy(() -> Xlsx.render("weekly", List.of(table), LOOK))
                .isInstanceOf(RenderException.class).hasMessageStartingWith("weekly/figures: ").hasMessageContaining("sheet: false");
    }

    /** In a JVM that cannot hold the cells: two million of them, half of them different texts. */
    @Test
    void twoMillionCellsAreWrittenWithAHeapThatCannotHoldThem() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-Xmx80m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), LargeTable.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(said).contains("xlsx and csv are written");
        } finally {
            process.destroyForcibly();
        }
    }

    static List<Cell> column(Table table) throws IOException {
        var cells = new ArrayList<Cell>();
        for (var row : read(Xlsx.render("d", List.of(table), LOOK)).getFirst().read()) {
            cells.add(row.getOptionalCell(0).filter(cell -> cell.getType() != CellType.EMPTY).orElse(null));
        }
        return cells;
    }

    static List<Sheet> read(byte[] xlsx) throws IOException {
        return new ReadableWorkbook(new ByteArrayInputStream(xlsx), new ReadingOptions(true, false)).getSheets().toList();
    }

    /** By its table of contents: Excel's kind of ZIP cannot be read as a stream by the JDK. */
    private String part(byte[] xlsx, String name) throws IOException {
        var file = Files.write(folder.resolve("workbook.xlsx"), xlsx);
        try (var zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
