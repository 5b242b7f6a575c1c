package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.GOOD;
import static io.weekly.definition.DefinitionFiles.definition;
import static io.weekly.definition.DefinitionFiles.faults;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.BrokenDefinition.Fault;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionLoaderTest {

    @Test
    void validFilesAreADefinition() {
        Definition definition = definition(GOOD);

        assertThat(definition.datasets().get("rows").parameters()).containsExactly("tenant", "from");
        assertThat(definition.datasets().get("rows").statement()).endsWith("tenant_id = ? AND day >= ?");
        assertThat(definition.datasets().get("rows").rowLimit()).isEqualTo(10_000);
        assertThat(definition.formats()).containsExactly("pdf");
        assertThat(definition.version()).matches("[0-9a-f]{64}");
    }

    @Test
    void everyChangeOfAFileChangesTheVersion() {
        String version = definition(GOOD).version();

        GOOD.keySet().forEach(file -> assertThat(definition(with(file, GOOD.get(file) + "\n")).version())
                .isNotEqualTo(version));
        assertThat(definition(new HashMap<>(GOOD)).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "mail.txt | none | mail.txt | is missing",
        "kpi.SQL | SELECT :tenant | kpi.SQL | unknown file; did you mean kpi.sql?",
        "report.htm | x | report.htm | unknown file; did you mean report.html?",
        "mesages_de.properties | x=1 | mesages_de.properties | did you mean messages_de.properties?",
        "messages_fr_ch.properties | x=1 | messages_fr_ch.properties | fr-ch is not a language tag",
        "messages_german.properties | x=1 | messages_german.properties | german is not a language tag",
        "messages.properties | a=1\\nb=2\\na=3 | messages.properties:3 | duplicate key a"})
    void faultsHaveFileLineAndReason(String file, String text, String where, String reason) {
        assertThat(faults(with(file, text == null ? null : text.replace("\\n", "\n"))))
                .anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Weekly", "my report", "../up", "-x", "a_b", ""})
    void invalidFolderNamesAreFaults(String name) {
        assertThat(((BrokenDefinition) DefinitionLoader.load(name, GOOD)).reasons()).contains("must have only small letters");
    }

    @Test
    void allFaultsAreReportedAtOnce() {
        Map<String, String> files = with("rows.sql", "SELECT :x");
        files.put("report.yaml", "titel: T");

        assertThat(faults(files)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void followOnErrorsOfAnUnreadableFileAreHidden() {
        Map<String, String> files = with("rows.sql", null);
        files.put("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {rows: 5}}\nempty: {when: [rows]}\nreadiness: {query: ready}");
        files.put("mail.txt", "{m.hello_all}");

        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("x", files, Map.of(
                "rows.sql", "is not UTF-8", "ready.sql", "is not UTF-8", "messages.properties", "is not UTF-8"));

        assertThat(broken.faults()).map(Fault::toString)
                .containsExactly("messages.properties: is not UTF-8", "ready.sql: is not UTF-8", "rows.sql: is not UTF-8");
    }
}
