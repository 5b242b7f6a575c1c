package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.GOOD;
import static io.weekly.definition.DefinitionFiles.definition;
import static io.weekly.definition.DefinitionFiles.faults;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** report.yaml, as the loader reads it. */
class ReportYamlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "formats: [pdf, doc] | 3 | unknown format doc",
        "datasets:\\n  rows: {rows: many} | 4 | whole number",
        "datasets:\\n  other: {rows: 5} | 4 | no file other.sql",
        "parameters:\\n  tenant: acme | 4 | would hide",
        "parameters: {tag_region: north} | 3 | would hide",
        "parameters: {Top: 5} | 3 | small letters",
        "parameters:\\n  on: NO | 4 | needs quotes",
        "parameters: {day: 2026-11-23} | 3 | needs quotes",
        "parameters: {list: [1, 2]} | 3 | must be a text, a whole number",
        "datasets:\\n  rows: {timeout: soon} | 4 | must be a duration above 0, such as 500ms",
        "datasets:\\n  rows: {timeout: 0s} | 4 | above 0",
        "datasets:\\n  row:\\n    rows: 5 | 4 | row.sql; did you mean rows?",
        "readiness: {query: ready} | 3 | has no file ready.sql",
        "readiness:\\n  every: 1m | 4 | readiness.query is missing",
        "readiness:\\n  query: rows\\n  every: soon | 5 | readiness.every must be a duration",
        "readiness:\\n  query: rows\\n  every: 9s | 5 | readiness.every must be at least 10s",
        "readiness:\\n  query: rows\\n  wait: 8d | 5 | readiness.wait must be at most 7d",
        "readiness: {query: rows, wait: 5m} | 3 | longer than readiness.wait",
        "readiness:\\n  query: rows\\n  until: noon | 5 | unknown key readiness.until",
        "empty:\\n  then: delete | 4 | empty.then must be send, skip or note, not delete",
        "empty:\\n  when: [rows,\\n    sums] | 5 | names the unknown dataset sums",
        "empty:\\n  when: rows | 4 | must be a list of datasets",
        "empty: {whenever: [rows]} | 3 | unknown key empty.whenever",
        "formats: [] | 3 | formats is empty",
        "formats:\\n- pdf\\n- pdf | 5 | duplicate format pdf",
        "parameters: {zip: 010} | 3 | needs quotes",
        "parameters: {share: 00.5} | 3 | needs quotes"})
    void faultsOfOneSettingHaveLineAndReason(String text, int line, String reason) {
        Map<String, String> files = with("report.yaml", "title: T\nmail: {subject: s}\n" + text.replace("\\n", "\n"));

        assertThat(faults(files)).anySatisfy(fault -> assertThat(fault).startsWith("report.yaml:" + line + ": ").contains(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "report.yaml | title: T\\nmial: {subject: s} | report.yaml:2 | unknown key mial",
        "report.yaml | title: [\\n | report.yaml:2 | is not YAML",
        "report.yaml | title: T\\ntitle: U\\nmail: {subject: s} | report.yaml:2 | duplicate key",
        "report.yaml | mail: {subject: s} | report.yaml | title is missing",
        "report.yaml | none | report.yaml | is missing",
        "report.yaml | title: T\\nmail: {subject: \"{#nothing /}\"} | report.yaml:2 | "
                + "mail subject: no section helper found for {#nothing",
        "report.yaml | title: !!javax.script.ScriptEngineManager [x]\\nmail: {subject: s} | report.yaml:1 | tag is not allowed",
        "report.yaml | title: T\\nmial:\\n  subject: s | report.yaml:2 | unknown key mial; did you mean mail?",
        "report.yaml | title: T\\nmail: {subjct: s} | report.yaml:2 | unknown key mail.subjct; did you mean subject?",
        "report.yaml | title: T\\nmail: {subject: {german: s}} | report.yaml:2 | german is not a language tag",
        "report.yaml | title: T\\nmail: {subject: {de_AT: s}} | report.yaml:2 | write de-AT",
        "report.yaml | title: T\\nmail: {subject: \"{tenant.nmae}\"} | report.yaml:2 | "
                + "mail subject: tenant has no nmae; did you mean name?",
        "report.yaml | title: null\\nmail: {subject: s} | report.yaml:1 | title is empty",
        "report.yaml | title: T\\nmail: {subject: ' '} | report.yaml:2 | mail.subject is empty",
        "report.yaml | title: T\\nmail:\\n  subject:\\n    en: s\\n    de: ~ | report.yaml:5 | mail.subject.de is empty"})
    void faultsHaveFileLineAndReason(String file, String text, String where, String reason) {
        assertThat(faults(with(file, text == null ? null : text.replace("\\n", "\n"))))
                .anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @Test
    void constantsAndTagsAreParameters() {
        Map<String, String> files = with("rows.sql", "SELECT :top, :share, :currency, :tags, :tag_region FROM x WHERE t = :tenant");
        files.put("report.yaml", GOOD.get("report.yaml") + "parameters: {top: 25, share: 0.125, currency: EUR, year: '2026'}\n");
        files.put("report.html", "<html>{parameters.top} {parameters.currency} {#for row in rows}{row.a}{/for}</html>");

        Definition definition = definition(files);

        assertThat(definition.parameters()).isEqualTo(Map.of(
                "top", 25L, "share", new BigDecimal("0.125"), "currency", "EUR", "year", "2026"));
        assertThat(definition.datasets().get("rows").isPersonal()).isTrue();
        assertThat(ReportPage.of(definition, Map.of("rows", List.of()), Samples.facts("T", "#0b5cad", "Ann", "en"))).contains("25 EUR");
    }

    @Test
    void zeroAndADecimalBelowOneAreNumbers() {
        Map<String, String> files = with("report.yaml", GOOD.get("report.yaml") + "parameters: {none: 0, less: -0.5, more: 10}");

        assertThat(definition(files).parameters())
                .isEqualTo(Map.of("none", 0L, "less", new BigDecimal("-0.5"), "more", 10L));
    }

    @Test
    void aParameterWithAnInvalidValueIsStillKnown() {
        Map<String, String> files = with("rows.sql", "SELECT :zip FROM x WHERE t = :tenant");
        files.put("report.yaml", GOOD.get("report.yaml") + "parameters: {zip: 010}");

        assertThat(faults(files)).hasSize(1);
    }

    @Test
    void aDatasetCanHaveItsOwnTimeout() {
        Map<String, String> files = with("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {timeout: 1500ms}}");

        assertThat(definition(files).datasets().get("rows").timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(definition(GOOD).datasets().get("rows").timeout()).isNull();
    }

    @Test
    void aDatasetCanBeGlobal() {
        Map<String, String> files = with("rows.sql", "WITH x AS (SELECT 1 AS a) SELECT a FROM x");
        files.put("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {scope: global, rows: 3}}");

        Definition definition = definition(files);

        assertThat(definition.datasets().get("rows").rowLimit()).isEqualTo(3);
    }

    @Test
    void emptyReportsAreHandledAsReportYamlSays() {
        Map<String, String> files = with("more.sql", "SELECT 1 AS b FROM metric WHERE tenant_id = :tenant");
        files.put("note.txt", "nothing but {more.size}");
        files.put("report.yaml", GOOD.get("report.yaml") + "empty: {when: [rows], then: note}");

        Definition definition = definition(files);

        assertThat(definition.whenEmpty().of(Map.of("rows", List.of(), "more", List.of(Map.of("b", 1))))).isEqualTo(WhenEmpty.Then.NOTE);
        assertThat(definition.whenEmpty().of(Map.of("rows", List.of(Map.of("a", 1)), "more", List.of()))).isEqualTo(WhenEmpty.Then.SEND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"title: [\n", "", "- a", "none"})
    void followOnErrorsOfAnUnreadableReportYamlAreHidden(String yaml) {
        Map<String, String> files = with("report.yaml", yaml.equals("none") ? null : yaml);
        files.put("rows.sql", "SELECT :top");
        files.put("extra.sql", "SELECT :tenant");
        files.put("report.html", "<html>{parameters.top}{rows.size}</html>");

        assertThat(faults(files)).singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("report.yaml:"));
    }
}
