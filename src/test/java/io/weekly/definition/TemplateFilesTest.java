package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.faults;
import static io.weekly.definition.DefinitionFiles.reasons;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The templates of a definition, as the loader checks them. */
class TemplateFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "report.html | <html>\\n{#for row in rows}</html> | report.html | for",
        "report.html | <html>\\n{#chart type=\"pie\" data=rows x=\"a\" y=\"b\" /}</html> | report.html:2 | one of bars, stacked",
        "report.html | <html>\\n{#chart type=\"bars\" data=rows x=a y=\"b\" /}</html> | report.html:2 | "
                + "unknown name a; put a column's name in quotes, as in x=\"a\"",
        "note.html | <html>\\n{#chart type=\"bars\" data=rows x=\"a\" y=\"b\" /}</html> | note.html:2 | "
                + "a chart works in report.html only",
        "report.html | <html>{rows.size}\\n{parameters.top}</html> | report.html:2 | unknown name parameters",
        "report.html | <html>\\n{#for row in rosw}{row.a}{/for}{rows}</html> | report.html:2 | unknown name rosw; did you mean rows?",
        "report.html | <html>\\n{#for row in rows}{/for}\\n{row.a}</html> | report.html:3 | unknown name row; did you mean rows?",
        "report.html | <html>{#for row in rows}\\n{rwo_index}{/for}</html> | report.html:2 | unknown name rwo_index",
        "report.html | <html>{rows.size}\\n{rows.get(0).a.changeFrom(recpient.name)}</html> | report.html:2 | did you mean recipient?",
        "report.html | <html>{rows.size}\\n{m.lastweek}</html> | report.html:2 | "
                + "unknown message lastweek: neither messages.properties nor the service has it",
        "report.html | <html>{rows.size}\\n{#if rows.isEmpty && brnad}{/if}</html> | report.html:2 | did you mean brand?",
        "report.html | <html>\\n<img src=\"logo.png\"/>{rows}</html> | report.html:2 | does not load",
        "report.html | <html>\\n\\n<link rel=\"stylesheet\"/>{rows}</html> | report.html:3 | <link does not load",
        "report.css | p { }\\nq { background: url('https://x.test/a.png'); } | report.css:2 | url('https://x.test/a.png) does not load",
        "report.css | @import 'a.css'; | report.css:1 | @import does not load",
        "report.css | p { color: {brand.inc}; } | report.css:1 | brand has no inc; did you mean ink?",
        "report.html | <html>{rows}\\n<style>td{color:red;margin:0 1px}</style></html> | report.html:2 | "
                + "{color: looks like an expression",
        "mail.html | <html>\\n<style>@media print{p{margin:0}}</style></html> | mail.html:2 | write a space or a new line after it",
        "report.html | <html>{rows}\\n{#if m:title == 'x'}{/if}</html> | report.html:2 | {m: looks like",
        "report.html | <html>{rows}\\n{data:rosw}</html> | report.html:2 | did you mean rows?",
        "mail.txt | {link}\\n{css} | mail.txt:2 | unknown name css",
        "note.html | <html>\\n{#for row in rows}</html> | note.html | for"})
    void faultsHaveFileLineAndReason(String file, String text, String where, String reason) {
        assertThat(faults(with(file, text == null ? null : text.replace("\\n", "\n"))))
                .anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @Test
    void namesThatATemplateDefinesAreKnown() {
        Map<String, String> files = with("report.html", """
                <html><img src="data:image/png;base64,AAAA"/><!-- <img src="logo.png"/> --><body style="{css}">
                {#for row in rows}{row_index} {row.a} {#if !row_hasNext}{row.a.figure}{/if}{#else}{m.nothing_title}{/for}
                {#each rows}{it.a}{it_count}{/each}
                {#let first=rows.get(0) n=1}{first.a} {n}{/let}
                {#when recipient.locale}{#is de}a{#is in fr}b{#else}{period.from.longDate}{/when}
                {note ?: 'none'} {note.or('none')} {m.own} {m.size} {parameters.top} {tenant.name ? 'a' : 'b'}
                </body></html>
                """);
        files.put("messages.properties", "own=ours");
        files.put("README.md", "why");
        files.put("report.yaml", files.get("report.yaml") + "\nparameters: {top: 5}\n");
        files.put("report.css", "p { background: url('data:image/png;base64,AAAA') } q { background: url( \"{brand.logo}\" ) }");

        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
    }

    @Test
    void faultsOfSubjectsHaveTheLinesOfReportYaml() {
        Map<String, String> files = with("report.yaml", """
                title: T
                mail:
                  subject:
                    en: "{tenant.nmae}"
                    de: "{#if}"
                    fr: "{link}"
                    es: |
                      {nothing}
                """);

        assertThat(faults(files)).hasSize(3)
                .anyMatch(it -> it.startsWith("report.yaml:4: mail subject en: tenant has no nmae"))
                .anyMatch(it -> it.startsWith("report.yaml:5: mail subject de: "))
                .anyMatch(it -> it.startsWith("report.yaml:7: mail subject es: unknown name nothing"));
    }

    @Test
    void aDatasetWithAMisspeltNameInATemplateIsNotReportedAsUnused() {
        assertThat(reasons(with("report.html", "<html>{rosw.size}</html>"))).contains("did you mean rows?").doesNotContain("rows.sql");
    }

    @Test
    void unusedDatasetsAreNotReportedIfATemplateHasASyntaxError() {
        assertThat(reasons(with("report.html", "<html>{#for row in rows}</html>"))).startsWith("report.html:1").doesNotContain("rows.sql");
    }
}
