package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.BrokenDefinition.Fault;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionLoaderTest {
    private static final Map<String, String> GOOD = Map.of(
            "report.yaml", "title: T\nmail: {subject: \"{tenant.name}\"}\n",
            "rows.sql", "SELECT 1 AS a FROM metric WHERE tenant_id = :tenant AND day >= :from",
            "report.html", "<html><body>{#for row in rows}{row.a}{/for}</body></html>",
            "report.css", "p { color: {brand.ink}; }", "mail.html", "<html></html>", "mail.txt", "hello");

    @Test
    void aFolderOfGoodFilesIsADefinition() {
        Definition definition = (Definition) DefinitionLoader.load("good", GOOD);

        assertThat(definition.datasets().get("rows").parameters()).containsExactly("tenant", "from");
        assertThat(definition.datasets().get("rows").statement()).endsWith("tenant_id = ? AND day >= ?");
        assertThat(definition.datasets().get("rows").rowLimit()).isEqualTo(10_000);
        assertThat(definition.formats()).containsExactly("pdf");
        assertThat(definition.version()).matches("[0-9a-f]{64}");
    }

    @Test
    void anyChangeOfAnyFileIsAnotherVersion() {
        String version = ((Definition) DefinitionLoader.load("x", GOOD)).version();

        GOOD.keySet().forEach(file -> assertThat(((Definition) DefinitionLoader.load("x", with(file, GOOD.get(file) + "\n"))).version())
                .isNotEqualTo(version));
        assertThat(((Definition) DefinitionLoader.load("x", new HashMap<>(GOOD))).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "report.yaml | title: T\\nmial: {subject: s} | report.yaml:2 | unknown key mial",
        "report.yaml | title: [\\n | report.yaml:2 | is not YAML",
        "report.yaml | title: T\\ntitle: U\\nmail: {subject: s} | report.yaml:2 | there twice",
        "report.yaml | title: T\\nmail: {subject: s}\\nformats: [pdf, doc] | report.yaml:3 | unknown format doc",
        "report.yaml | title: T\\nmail: {subject: s}\\ndatasets:\\n  rows: {rows: many} | report.yaml:4 | whole number",
        "report.yaml | title: T\\nmail: {subject: s}\\ndatasets:\\n  other: {rows: 5} | report.yaml:4 | no file other.sql",
        "report.yaml | mail: {subject: s} | report.yaml | title is missing",
        "report.yaml | none | report.yaml | is missing",
        "report.yaml | title: T\\nmail: {subject: \"{#nothing /}\"} | mail subject | nothing",
        "report.yaml | title: !!javax.script.ScriptEngineManager [x]\\nmail: {subject: s} | report.yaml:1 | tag is not allowed",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenat AND :tenant | rows.sql:2 | unknown parameter :tenat",
        "rows.sql | SELECT 1 | rows.sql | does not use :tenant",
        "rows.sql | SELECT :tenant\\n, ? | rows.sql:2 | has a ?",
        "rows.sql | DELETE FROM x WHERE t = :tenant | rows.sql:1 | is no query",
        "extra.sql | SELECT :tenant | extra.sql | is read by no template",
        "Extra-1.sql | SELECT :tenant | Extra-1.sql | small letters",
        "report.html | <html>\\n{#for row in rows}</html> | report.html | for",
        "report.html | <html>\\n{#chart type=\"pie\" data=rows x=\"a\" y=\"b\" /}</html> | report.html:2 | one of bars, stacked",
        "mail.txt | none | mail.txt | is missing"})
    void whatIsWrongIsNamedWithFileLineAndReason(String file, String text, String where, String reason) {
        Map<String, String> files = with(file, text == null ? null : text.replace("\\n", "\n"));

        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("bad", files);

        assertThat(broken.faults()).map(Fault::toString).anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Map<String, String> files = with("rows.sql", "SELECT :x");
        files.put("report.yaml", "titel: T");

        assertThat(((BrokenDefinition) DefinitionLoader.load("bad", files)).faults()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aDatasetMayBeGlobalIfItSaysSo() {
        Map<String, String> files = with("rows.sql", "WITH x AS (SELECT 1 AS a) SELECT a FROM x");
        files.put("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {scope: global, rows: 3}}");

        Definition definition = (Definition) DefinitionLoader.load("x", files);

        assertThat(definition.datasets().get("rows").rowLimit()).isEqualTo(3);
    }

    private static Map<String, String> with(String file, String text) {
        Map<String, String> files = new HashMap<>(GOOD);
        if (text == null) {
            files.remove(file);
        } else {
            files.put(file, text);
        }
        return files;
    }
}
