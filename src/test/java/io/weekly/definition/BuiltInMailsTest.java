package io.weekly.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.Samples.Sample;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in mails in all their languages, with usual and with difficult data. */
class BuiltInMailsTest {

    /** Gmail cuts a mail off at 102 KB. The mails stay far below it, so that tenants' own texts have room. */
    private static final int MAX_BYTES = 30_000;

    private static final Optional<URI> LINK = Optional.of(URI.create("https://reports.acme.test/d/0123?a=1"));
    private static final Pattern PREHEADER = Pattern.compile("<div style=\"display:none[^>]*>([^<]*)</div>");
    private static final Pattern FIGURE = Pattern.compile("white-space:nowrap;\">(?:[▲▼] )?([^<]+)<");
    /** 200 characters, the most that a name may have, without a place to break. */
    private static final String LONG = "Wettbewerbsfähigkeit".repeat(10);

    static Stream<Arguments> samples() {
        return Samples.definitions().all().stream().flatMap(definition -> Stream.concat(
                        Samples.all(definition.name()).entrySet().stream(),
                        Stream.of("en", "de", "fr", "es", "pl")
                                .map(language -> Map.entry("long-" + language, ofLongNames(definition, language))))
                .map(sample -> Arguments.of(definition, sample.getKey(), sample.getValue())));
    }

    private static Sample ofLongNames(Definition definition, String language) {
        return new Sample(Samples.facts(LONG, "#ffe14d", LONG, language), Samples.figures(definition.name()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void eachMailIsAFullSmallPageForLightAndDarkScreens(Definition definition, String name, Sample sample) {
        var mail = MailText.of(definition, sample.figures(), sample.facts(), LINK);

        assertThat(mail.html())
                .startsWith("<!DOCTYPE html>\n<html lang=\"" + definition.language(sample.facts().locale()) + "\">")
                .contains("<meta name=\"viewport\"", "<meta name=\"color-scheme\" content=\"light dark\"/>", "prefers-color-scheme: dark")
                .doesNotContain("http://", "<script", "<link");
        assertThat(mail.html().getBytes(UTF_8)).hasSizeLessThan(MAX_BYTES);
        assertThat(mail.html().lines()).allMatch(line -> line.length() < 4_000);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void theTextSaysAllThatTheHtmlSays(Definition definition, String name, Sample sample) {
        var mail = MailText.of(definition, sample.figures(), sample.facts(), LINK);

        assertThat(figures(mail.html())).allSatisfy(figure -> assertThat(mail.text()).contains(figure));
        assertThat(mail.text()).contains(LINK.orElseThrow().toString(), sample.facts().tenant().name(), "Europe/Berlin", "2026");
        assertThat(mail.html()).contains("href=\"" + LINK.orElseThrow() + "\"");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void thePreviewHasTheKeyFiguresAndDoesNotRepeatTheSubject(Definition definition, String name, Sample sample) {
        var mail = MailText.of(definition, sample.figures(), sample.facts(), Optional.empty());
        var matcher = PREHEADER.matcher(mail.html());

        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isNotBlank().doesNotContain(mail.subject());
        assertThat(figures(mail.html()).stream().filter(figure -> !figure.endsWith("%"))).allSatisfy(
                figure -> assertThat(matcher.group(1)).contains(figure));
    }

    private static List<String> figures(String html) {
        return FIGURE.matcher(html).results().map(found -> found.group(1)).toList();
    }
}
