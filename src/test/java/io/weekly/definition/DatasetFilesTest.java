package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.GOOD;
import static io.weekly.definition.DefinitionFiles.definition;
import static io.weekly.definition.DefinitionFiles.faults;
import static io.weekly.definition.DefinitionFiles.reasons;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.BrokenDefinition.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The .sql files of a definition, as the loader checks them. */
class DatasetFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenat AND :tenant | rows.sql:2 | unknown parameter :tenat",
        "rows.sql | SELECT 1 | rows.sql | does not use :tenant",
        "rows.sql | SELECT :tenant\\n, ? | rows.sql:2 | has a ?",
        "rows.sql | DELETE FROM x WHERE t = :tenant | rows.sql:1 | is not a query",
        "extra.sql | SELECT :tenant | extra.sql | no template uses this dataset",
        "Extra-1.sql | SELECT :tenant | Extra-1.sql | small letters",
        "tenant.sql | SELECT :tenant | tenant.sql | the name tenant has another meaning in templates",
        "null.sql | SELECT :tenant | null.sql | is a reserved word in templates",
        "true.sql | SELECT :tenant | true.sql | is a reserved word in templates",
        "or.sql | SELECT :tenant | or.sql | is a reserved word in templates",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenant AND :tag_ | rows.sql:2 | unknown parameter :tag_",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenat AND :tenant | rows.sql:2 | :tenat; did you mean :tenant?",
        "rows.sql | SELECT :tenant,\\n@n := @n + 1 | rows.sql:2 | uses the variable @n, whose value would stay on the connection",
        "rows.sql | SELECT :tenant\\nINTO @n | rows.sql:2 | uses the variable @n",
        "rows.sql | SELECT :tenant;\\nDELETE FROM t | rows.sql:2 | has text after its semicolon"})
    void faultsHaveFileLineAndReason(String file, String text, String where, String reason) {
        assertThat(faults(with(file, text == null ? null : text.replace("\\n", "\n"))))
                .anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @Test
    void aReadinessQueryIsNoDataset() {
        Map<String, String> files = readiness(
                "SELECT loaded FROM loads WHERE tenant = :tenant AND day >= :to", "{query: ready, every: 30s, wait: 2d}");

        Definition definition = definition(files);

        assertThat(definition.datasets()).containsOnlyKeys("rows");
        assertThat(definition.readiness()).hasValueSatisfying(readiness -> {
            assertThat(readiness.query().parameters()).containsExactly("tenant", "to");
            assertThat(readiness.every()).isEqualTo(Duration.ofSeconds(30));
            assertThat(readiness.longest()).isEqualTo(Duration.ofDays(2));
        });
        assertThat(definition.whenEmpty()).isEqualTo(new WhenEmpty(Set.of("rows"), WhenEmpty.Then.SEND));
    }

    @Test
    void byDefaultAReadinessQueryRunsEveryTenMinutesForSixHours() {
        Definition definition = (Definition) DefinitionLoader.load("x", readiness("SELECT 1 WHERE :tenant", "{query: ready}"));

        assertThat(definition.readiness()).hasValueSatisfying(readiness -> {
            assertThat(readiness.every()).isEqualTo(Duration.ofMinutes(10));
            assertThat(readiness.longest()).isEqualTo(Duration.ofHours(6));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT 1 | ready.sql: does not use :tenant",
        "SELECT 1 FROM x WHERE :tenant\\nAND u = :recipient | "
                + "ready.sql:2: a readiness query runs once for a whole run, so it cannot use :recipient",
        "SELECT 1 FROM x WHERE :tenant AND JSON_LENGTH(:tags) > 0 | "
                + "ready.sql:1: a readiness query runs once for a whole run, so it cannot use :tags",
        "SELECT :tenant, :tag_region | ready.sql:1: a readiness query runs once for a whole run, so it cannot use :tag_region",
        "UPDATE x SET a = 1 WHERE t = :tenant | ready.sql:1: is not a query"})
    void aReadinessQueryIsCheckedLikeADatasetAndUsesNoRecipient(String sql, String fault) {
        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("x", readiness(sql.replace("\\n", "\n"), "{query: ready}"));

        assertThat(broken.faults()).map(Fault::toString).anySatisfy(it -> assertThat(it).startsWith(fault));
    }

    @Test
    void aReadinessQueryCanBeGlobal() {
        Map<String, String> files = readiness("SELECT 1", "{query: ready}\ndatasets: {ready: {scope: global}}");

        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
    }

    @Test
    void anUnusedDatasetIsReportedTogetherWithOtherFaults() {
        Map<String, String> files = with("rows.sql", "SELECT 1 FROM x WHERE t = :tenant AND :tenat");
        files.put("extra.sql", "SELECT :tenant");

        assertThat(reasons(files)).contains("unknown parameter :tenat").contains("extra.sql: no template uses this dataset");
    }

    @Test
    void aDatasetUsedOnlyInSheetSubjectOrEmptyIsUsed() {
        Map<String, String> files = with("extra.sql", "SELECT :tenant");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(BrokenDefinition.class);

        files.put("report.yaml", "title: T\nmail: {subject: s}\nformats: [pdf, xlsx]");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
        files.put("report.yaml", "title: T\nmail: {subject: '{extra.size}'}");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
        files.put("report.yaml", "title: T\nmail: {subject: s}\nempty: {when: [extra]}");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
    }

    private static Map<String, String> readiness(String sql, String readiness) {
        Map<String, String> files = with("ready.sql", sql);
        files.put("report.yaml", GOOD.get("report.yaml") + "readiness: " + readiness);
        return files;
    }
}
