package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.weekly.render.pdf.Pdf;
import io.weekly.render.text.Formats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** All files have the same figures: a cell holds what the dataset returned, and the PDF shows it as the page formats it. */
class SameFiguresTest {
    private final Definition definition = new Definitions(Optional.empty()).find("weekly-business").orElseThrow();

    @ParameterizedTest
    @ValueSource(strings = {"normal-en", "normal-de", "normal-fr", "negative", "huge"})
    void workbookCsvAndPdfHaveTheSameNumbers(String name) throws IOException {
        var sample = Samples.all().get(name);
        var pdf = pdf(sample);
        var sheets = sheets(ReportTables.xlsx(definition, sample.figures(), sample.facts()));
        var csvs = csvs(ReportTables.csv(definition, sample.figures(), sample.facts()));
        var formats = new Formats(sample.facts().locale());

        assertThat(csvs.keySet()).containsExactlyInAnyOrder("kpis.csv", "days.csv", "trend.csv", "top.csv");
        assertThat(sheets).hasSize(4);
        for (var dataset : List.of("kpis", "top")) {
            var rows = sample.figures().get(dataset);
            // The page shows only so many.
            for (int i = 0; i < Math.min(18, rows.size()); i++) {
                var value = (BigDecimal) rows.get(i).get("value");
                var cell = cell(sheets.get(place(dataset)).get(i + 1), column(rows, "value"));

                assertThat(new BigDecimal(csvs.get(dataset + ".csv").get(i).getField("value"))).isEqualByComparingTo(value);
                assertThat(formats.figure(cell)).isEqualTo(formats.figure(value));
                // Long numbers are rounded to two decimals.
                assertThat(cell.subtract(value).abs()).isLessThanOrEqualTo(new BigDecimal("0.005"));
                assertThat(pdf).contains(plain(formats.figure(cell)));
            }
        }
    }

    @Test
    void theMailOfAProtectedReportShowsNoFigures() {
        var sample = Samples.all().get("normal-en");
        var facts = sample.facts();
        var open = MailText.of(definition, sample.figures(), facts, Optional.empty());
        var shut = MailText.of(
                definition, sample.figures(), new ReportFacts(facts.tenant(), facts.recipient(), facts.period(), facts.asOf(), true),
                Optional.empty());

        assertThat(open.html() + open.text()).contains("84,213", "78,950");
        assertThat(shut.html() + shut.text() + shut.subject()).contains("Ann Bell")
                .doesNotContain("84,213", "78,950", "6.7%", "1,284", "912");
    }

    private int place(String dataset) {
        return definition.datasets().values().stream().filter(Dataset::sheet).map(Dataset::name).toList().indexOf(dataset);
    }

    private static int column(List<Map<String, Object>> rows, String name) {
        return new ArrayList<>(rows.getFirst().keySet()).indexOf(name);
    }

    private static BigDecimal cell(Row row, int column) {
        var cell = row.getCell(column);
        // A number with more digits than a cell can hold is text.
        return cell.getType() == CellType.STRING ? new BigDecimal(cell.asString()) : cell.asNumber();
    }

    private static List<List<Row>> sheets(byte[] xlsx) throws IOException {
        var sheets = new ArrayList<List<Row>>();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            for (var sheet : workbook.getSheets().toList()) {
                sheets.add(sheet.read());
            }
        }
        return sheets;
    }

    private static Map<String, List<NamedCsvRecord>> csvs(byte[] bytes) throws IOException {
        var csvs = new HashMap<String, List<NamedCsvRecord>>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var text = new String(zip.readAllBytes(), StandardCharsets.UTF_8).substring(1);
                csvs.put(entry.getName(), CsvReader.builder().ofNamedCsvRecord(text).stream().toList());
            }
        }
        return csvs;
    }

    private String pdf(Samples.Sample sample) throws IOException {
        var page = ReportPage.of(definition, sample.figures(), sample.facts());
        var reader = new PdfReader(new Pdf().render(definition.file("report.html"), page));
        var text = new StringBuilder();
        for (int i = 1; i <= reader.getNumberOfPages(); i++) {
            text.append(new PdfTextExtractor(reader).getTextFromPage(i)).append('\n');
        }
        return plain(text.toString());
    }

    /** The text without spaces of any kind, because the page breaks lines at them. */
    private static String plain(String text) {
        return text.replaceAll("[\\s\\u00a0\\u202f]+", " ");
    }
}
