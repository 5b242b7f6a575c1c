package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.Pdf;
import io.weekly.render.Words;
import io.weekly.report.Samples.Sample;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class UsageDigestTest {
    private final Definition definition = new Definitions(Optional.empty()).find("usage-digest").orElseThrow();

    @Test
    void itIsOnePageWhateverTheFiguresTheNamesTheLogoAndTheLanguage() throws IOException {
        for (Map.Entry<String, Sample> sample : DigestSamples.all().entrySet()) {
            assertThat(render(sample.getValue()).getNumberOfPages()).as(sample.getKey()).isEqualTo(1);
        }
        for (String language : Words.LANGUAGES) {
            ReportFacts withoutLogo = Samples.facts(Samples.LONG + " " + Samples.LONG, "#7a1f5c", Samples.LONG, language);

            assertThat(render(new Sample(withoutLogo, DigestSamples.most())).getNumberOfPages()).as(language).isEqualTo(1);
            assertThat(render(new Sample(withoutLogo, DigestSamples.named("average_response_time_of_the_api_in_milliseconds"))).getNumberOfPages())
                    .as(language).isEqualTo(1);
        }
    }

    @Test
    void aNameThatIsCutIsSeenToBeCut() throws IOException {
        assertThat(new PdfTextExtractor(render(DigestSamples.all().get("most-en"))).getTextFromPage(1)).contains("Average response time", "…");
    }

    private PdfReader render(Sample sample) throws IOException {
        String page = ReportPage.of(definition, sample.figures(), sample.facts());
        return new PdfReader(new Pdf().render(definition.file("report.html"), page, sample.facts().tenant().logo(), Optional.empty()));
    }
}
