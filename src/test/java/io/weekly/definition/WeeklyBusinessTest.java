package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.render.RenderException;
import io.weekly.render.pdf.Pdf;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class WeeklyBusinessTest {
    private final Definition definition = new Definitions(Optional.empty()).find("weekly-business").orElseThrow();
    private final Pdf pdf = new Pdf();

    @Test
    void everySampleHasFewPages() throws IOException {
        for (Map.Entry<String, Samples.Sample> sample : Samples.all().entrySet()) {
            PdfReader report = render(sample.getValue());

            assertThat(report.getNumberOfPages()).as(sample.getKey()).isBetween(1, 2);
            assertThat(text(report)).as(sample.getKey()).contains("47", "2026", "1");
        }
    }

    @Test
    void withLongNamesThePagesAreTwoAndOmittedRowsAreCounted() throws IOException {
        PdfReader report = render(Samples.all().get("long-names"));

        assertThat(report.getNumberOfPages()).isEqualTo(2);
        assertThat(new PdfTextExtractor(report).getTextFromPage(2)).contains("…").containsPattern("Autres[ \u00a0]+: 1");
    }

    @Test
    void theWholeReportIsInTheReadersLanguage() throws IOException {
        assertThat(text(render(Samples.all().get("normal-en"))))
                .contains("84,213", "▲ +6.7%", "Last week 78,950", "Page", "of", "Revenue by day", "Mon");
        assertThat(text(render(Samples.all().get("normal-de")))).contains("84.213", "Vorwoche 78.950", "Seite", "von", "Umsatz nach Tagen");
        assertThat(text(render(Samples.all().get("normal-fr")))).contains("Page", "sur", "Semaine 47", "16 novembre 2026");
    }

    @Test
    void aWeekWithoutFiguresSaysSoInsteadOfShowingEmptyCharts() throws IOException {
        assertThat(text(render(Samples.all().get("nothing")))).contains("There are no figures for this week yet").doesNotContain("by day");
    }

    @Test
    void hostileNamesAreEscapedEverywhere() throws IOException {
        String hostile = "<b>&amp;</b>]]> {tenant.slug} \u0000 \u202eevil";
        Samples.Sample sample = new Samples.Sample(Samples.facts(hostile, "#0b5cad", hostile, "en"), Samples.named(hostile));

        assertThat(text(render(sample))).contains("<b>&amp;</b>]]> {tenant.slug} � evil");
        MailText mail = MailText.of(definition, sample.figures(), sample.facts(), Optional.empty());
        assertThat(mail.html()).doesNotContain("<b>").contains("&lt;b&gt;&amp;amp;&lt;/b&gt;");
        assertThat(mail.text()).contains("<b>&amp;</b>");
    }

    @Test
    void namesOfOneMegabyteAreRendered() throws IOException {
        String endless = "Wörter ohne Ende".repeat(1 << 16);
        Samples.Sample sample = new Samples.Sample(Samples.facts(endless, "#0b5cad", endless, "en"), Samples.named(endless));

        assertThat(render(sample).getNumberOfPages()).isBetween(2, 60);
    }

    @Test
    void theMailSummarizesTheReportInTheReadersLanguage() {
        Samples.Sample german = Samples.all().get("normal-de");

        MailText mail = MailText.of(definition, german.figures(), german.facts(), Optional.empty());

        assertThat(mail.subject()).isEqualTo("Kaffeerösterei Müller & Söhne: Ihre Zahlen der Woche 47");
        assertThat(mail.text()).contains("Umsatz: 84.213 (+6,7\u00a0%; Vorwoche 78.950)").contains("im Anhang");
        assertThat(mail.html()).contains("Kaffeerösterei Müller &amp; Söhne", "84.213", "#7a1f5c").doesNotContain("<img", "http://");
    }

    @Test
    void aReportThatIsNotAttachedIsLinked() {
        Samples.Sample sample = Samples.all().get("normal-en");

        MailText mail = MailText.of(definition, sample.figures(), sample.facts(), Optional.of(URI.create("https://weekly.test/d/a?b&c")));

        assertThat(mail.html()).contains("href=\"https://weekly.test/d/a?b&amp;c\"").doesNotContain("attached");
        assertThat(mail.text()).contains("https://weekly.test/d/a?b&c").doesNotContain("attached");
    }

    @Test
    void aLineBreakInANameStartsNoMailHeader() {
        Samples.Sample sample = new Samples.Sample(Samples.facts("Acme\r\nBcc: all@acme.test", "#0b5cad", "Ann", "en"), Samples.usual());

        assertThat(MailText.of(definition, sample.figures(), sample.facts(), Optional.empty()).subject())
                .isEqualTo("Acme Bcc: all@acme.test: your figures for week 47");
    }

    @Test
    void anUnknownLanguageUsesTheDefault() throws IOException {
        Samples.Sample sample = new Samples.Sample(Samples.facts("Acme", "#0b5cad", "Ann", "pt-BR"), Samples.usual());

        assertThat(text(render(sample))).contains("Weekly business report");
    }

    @Test
    void theDeclaredLanguageIsTheLanguageOfTheTexts() throws IOException {
        for (String[] said : new String[][] {{"ar", "en"}, {"th", "en"}, {"pt-BR", "en"}, {"de", "de"}, {"fr-CH", "fr-CH"}}) {
            Samples.Sample sample = new Samples.Sample(Samples.facts("Acme", "#0b5cad", "Ann", said[0]), Samples.usual());

            assertThat(render(sample).getCatalog().get(PdfName.LANG)).as(said[0]).hasToString(said[1]);
            MailText mail = MailText.of(definition, sample.figures(), sample.facts(), Optional.empty());
            MailText note = MailText.note(definition, sample.figures(), sample.facts());
            String start = "<!DOCTYPE html>\n<html lang=\"" + said[1] + "\">";
            assertThat(mail.html()).as(said[0]).startsWith(start);
            assertThat(note.html()).as(said[0]).startsWith(start);
        }
    }

    @Test
    void theErrorNamesAMissingDataset() {
        Map<String, List<Map<String, Object>>> figures = new HashMap<>(Samples.usual());
        figures.remove("top");

        assertThatThrownBy(() -> ReportPage.of(definition, figures, Samples.all().get("normal-en").facts()))
                .isInstanceOf(RenderException.class).hasMessageStartingWith("weekly-business/report.html:").hasMessageContaining("top");
    }

    @Test
    void fourThreadsRenderTheSameReport() throws Exception {
        Samples.Sample sample = Samples.all().get("normal-fr");
        String alone = text(render(sample));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> texts = IntStream.range(0, 12).mapToObj(_ -> threads.submit(() -> text(render(sample)))).toList();

            for (Future<String> text : texts) {
                assertThat(text.get()).isEqualTo(alone);
            }
        }
    }

    private PdfReader render(Samples.Sample sample) throws IOException {
        String page = ReportPage.of(definition, sample.figures(), sample.facts());
        return new PdfReader(pdf.render(definition.file("report.html"), page));
    }

    private static String text(PdfReader report) throws IOException {
        return new PdfTextExtractor(report).getTextFromPage(1);
    }
}
