package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.Samples.Sample;
import io.weekly.render.pdf.Pdf;
import io.weekly.render.text.ServiceMessages;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class UsageDigestTest {
    private final Definition definition = new Definitions(Optional.empty()).find("usage-digest").orElseThrow();

    @Test
    void everyDigestFitsOnOnePage() throws IOException {
        for (Map.Entry<String, Sample> sample : DigestSamples.all().entrySet()) {
            assertThat(render(sample.getValue()).getNumberOfPages()).as(sample.getKey()).isEqualTo(1);
        }
        for (String language : ServiceMessages.LANGUAGES) {
            ReportFacts withoutLogo = Samples.facts(Samples.LONG + " " + Samples.LONG, "#7a1f5c", Samples.LONG, language);

            assertThat(render(new Sample(withoutLogo, DigestSamples.most())).getNumberOfPages()).as(language).isEqualTo(1);
            var longName = new Sample(withoutLogo, DigestSamples.named("average_response_time_of_the_api_in_milliseconds"));
            assertThat(render(longName).getNumberOfPages())
                    .as(language).isEqualTo(1);
        }
    }

    @Test
    void shortenedNamesEndWithAnEllipsis() throws IOException {
        assertThat(new PdfTextExtractor(render(DigestSamples.all().get("most-en"))).getTextFromPage(1))
                .contains("Average response time", "…");
    }

    @Test
    void theMailOfAnEmptyWeekDoesNotMentionAFullReport() {
        for (Definition each : new Definitions(Optional.empty()).all()) {
            Map<String, Sample> samples = Samples.all(each.name());
            MailText empty = MailText.of(each, samples.get("nothing").figures(), samples.get("nothing").facts(), Optional.empty());
            MailText usual = MailText.of(each, samples.get("few").figures(), samples.get("few").facts(), Optional.empty());

            assertThat(empty.html() + empty.text()).as(each.name()).doesNotContain("full report");
            assertThat(usual.html()).as(each.name()).contains("The full report is attached.");
            assertThat(usual.text()).as(each.name()).contains("The full report is attached.");
        }
    }

    private PdfReader render(Sample sample) throws IOException {
        String page = ReportPage.of(definition, sample.figures(), sample.facts());
        var logo = sample.facts().tenant().logo();
        return new PdfReader(new Pdf().render(definition.file("report.html"), page, logo, Optional.empty()).bytes());
    }
}
