package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.ReportFacts.Recipient;
import io.weekly.definition.ReportFacts.Tenant;
import io.weekly.render.pdf.Pdf;
import io.weekly.report.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** The report of docs/your-own-report.md with sample figures. Its files remain in target/samples. */
class ChinookSalesTest {
    private static final LocalDate MONDAY = LocalDate.of(2024, 3, 25);

    private final Definition definition =
            new Definitions(Optional.of(Path.of("src/test/resources/definitions"))).find("chinook-sales").orElseThrow();

    @Test
    void everyLanguageHasEveryText() {
        assertThat(definition.texts().messages().get("de").keySet()).isEqualTo(definition.texts().messages().get("").keySet());
        assertThat(definition.texts().messages().get("pl").keySet()).isEqualTo(definition.texts().messages().get("").keySet());
    }

    @Test
    void reportAndMailAreInTheAgentsLanguage() throws IOException {
        assertThat(report("usual-en", facts("Jane Peacock", "en"), usual("Wyatt Girard")))
                .contains("Your sales", "$8.91", "+350.0%", "Wyatt Girard");
        assertThat(report("usual-de", facts("Steve Johnson", "de"), usual("Hannah Schneider")))
                .contains("Ihre Verkäufe", "8,91", "Einen Anruf wert");
        assertThat(report("usual-pl", facts("Margaret Park", "pl"), usual("Aaron Mitchell")))
                .contains("Twoja sprzedaż", "8,91", "Warto zadzwonić");
        var mail = MailText.of(definition, usual("Hannah Schneider"), facts("Steve Johnson", "de"), Optional.empty());
        assertThat(mail.subject()).isEqualTo("Chinook Music: Ihre Verkäufe der Woche 13");
        assertThat(mail.text()).contains("Guten Tag Steve Johnson,", "8,91", "+350,0", "Hannah Schneider");
    }

    @Test
    void aWeekWithoutSalesSaysSoAndStillListsWhomToCall() throws IOException {
        var figures = usual("nobody");
        figures.put("kpis", List.of());
        figures.put("buyers", List.of());
        figures.put("genres", List.of());
        figures.get("days").forEach(day -> day.put("value", null));

        assertThat(report("nothing", facts("Jane Peacock", "en"), figures))
                .contains("Nothing sold this week", "Worth a call")
                .doesNotContain("Who bought");
        var mail = MailText.of(definition, figures, facts("Jane Peacock", "en"), Optional.empty());
        assertThat(mail.text()).contains("None of your customers bought anything");
    }

    @Test
    void theLongestNamesAndLargestSumsFitOnTwoPages() throws IOException {
        var figures = usual(Samples.LONG);
        figures.put("kpis", List.of(kpi("sales", "money", "123456789.34", "0.01"), kpi("invoices", "integer", "1234567", "0"),
                kpi("customers", "integer", "1234567", "7654321"), kpi("average", "money", "98765432.10", null)));
        figures.put("buyers", IntStream.range(0, 10).mapToObj(i -> buyer(Samples.LONG, "987654321.00")).toList());
        figures.put("genres", IntStream.range(0, 25).mapToObj(i -> genre(i == 0 ? Samples.LONG : "Genre " + i, "123456789.99")).toList());

        assertThat(report("ugly", facts(Samples.LONG, "de"), figures)).contains("987.654.321,00");
    }

    private String report(String name, ReportFacts facts, Map<String, List<Map<String, Object>>> figures) throws IOException {
        byte[] pdf = new Pdf().render(definition.file("report.html"), ReportPage.of(definition, figures, facts));
        Files.write(Files.createDirectories(Path.of("target/samples")).resolve("chinook-" + name + ".pdf"), pdf);
        var reader = new PdfReader(pdf);
        assertThat(reader.getNumberOfPages()).as(name).isBetween(1, 2);
        var text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
        }
        return text.toString();
    }

    private static ReportFacts facts(String agent, String locale) {
        return new ReportFacts(new Tenant("chinook", "Chinook Music", "#0f766e", "America/Edmonton"),
                new Recipient("3", agent, "jane@chinookcorp.com", locale), Period.of(MONDAY), Samples.AS_OF);
    }

    private static Map<String, List<Map<String, Object>>> usual(String customer) {
        var figures = new HashMap<String, List<Map<String, Object>>>();
        figures.put("kpis", List.of(kpi("sales", "money", "8.910000", "1.980000"), kpi("invoices", "integer", "1.000000", "1.000000"),
                kpi("customers", "integer", "1", "1"), kpi("average", "money", "8.910000", "1.980000")));
        var days = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 7; i++) {
            days.add(row(
                    "day", MONDAY.plusDays(i), "value", i == 4 ? new BigDecimal("8.91") : null,
                    "previous", i == 6 ? new BigDecimal("1.98") : null));
        }
        figures.put("days", days);
        figures.put("trend", IntStream.range(0, 8).mapToObj(i ->
                row("monday", MONDAY.minusWeeks(7 - i), "value", new BigDecimal(i % 3 == 1 ? "8.91" : "0.00"))).toList());
        figures.put("genres", List.of(genre("Metal", "8.91"), genre(null, "1.98")));
        figures.put("buyers", List.of(buyer(customer, "8.91")));
        figures.put("quiet", List.of(row("name", "Ladislav Kovács", "company", null, "country", null, "phone", null,
                "last_day", LocalDate.of(2022, 10, 19), "ever", new BigDecimal("32.75"))));
        return figures;
    }

    private static Map<String, Object> kpi(String metric, String format, String value, String previous) {
        return row("metric", metric, "format", format, "value", new BigDecimal(value),
                "previous", previous == null ? null : new BigDecimal(previous));
    }

    private static Map<String, Object> genre(String name, String value) {
        return row("genre", name, "tracks", 9L, "value", new BigDecimal(value));
    }

    private static Map<String, Object> buyer(String name, String value) {
        return row("name", name, "company", "Embraer - Empresa Brasileira de Aeronáutica S.A.", "city", null, "country", "Brazil",
                "value", new BigDecimal(value), "invoices", 1L, "ever", new BigDecimal("37.64"));
    }

    private static Map<String, Object> row(Object... columns) {
        var row = new HashMap<String, Object>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i].toString(), columns[i + 1]);
        }
        return row;
    }
}
