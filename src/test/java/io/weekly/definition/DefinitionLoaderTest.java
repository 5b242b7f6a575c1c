package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.BrokenDefinition.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "report.yaml | title: T\\nmail: {subject: \"{#nothing /}\"} | report.yaml:2 | mail subject: no section helper found for {#nothing",
        "report.yaml | title: !!javax.script.ScriptEngineManager [x]\\nmail: {subject: s} | report.yaml:1 | tag is not allowed",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenat AND :tenant | rows.sql:2 | unknown parameter :tenat",
        "rows.sql | SELECT 1 | rows.sql | does not use :tenant",
        "rows.sql | SELECT :tenant\\n, ? | rows.sql:2 | has a ?",
        "rows.sql | DELETE FROM x WHERE t = :tenant | rows.sql:1 | is no query",
        "extra.sql | SELECT :tenant | extra.sql | is read by no template",
        "Extra-1.sql | SELECT :tenant | Extra-1.sql | small letters",
        "report.html | <html>\\n{#for row in rows}</html> | report.html | for",
        "report.html | <html>\\n{#chart type=\"pie\" data=rows x=\"a\" y=\"b\" /}</html> | report.html:2 | one of bars, stacked",
        "report.html | <html>\\n{#chart type=\"bars\" data=rows x=a y=\"b\" /}</html> | report.html:2 | unknown name a; a column's name stands in quotes, as in x=\"a\"",
        "note.html | <html>\\n{#chart type=\"bars\" data=rows x=\"a\" y=\"b\" /}</html> | note.html:2 | a chart works in report.html only",
        "tenant.sql | SELECT :tenant | tenant.sql | templates know already",
        "null.sql | SELECT :tenant | null.sql | take for something else",
        "true.sql | SELECT :tenant | true.sql | take for something else",
        "or.sql | SELECT :tenant | or.sql | take for something else",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters:\\n  tenant: acme | report.yaml:4 | would hide",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {tag_region: north} | report.yaml:3 | would hide",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {Top: 5} | report.yaml:3 | small letters",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters:\\n  on: NO | report.yaml:4 | needs quotes",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {day: 2026-11-23} | report.yaml:3 | needs quotes",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {list: [1, 2]} | report.yaml:3 | a text, a whole number",
        "report.yaml | title: T\\nmail: {subject: s}\\ndatasets:\\n  rows: {timeout: soon} | report.yaml:4 | such as 500ms",
        "report.yaml | title: T\\nmail: {subject: s}\\ndatasets:\\n  rows: {timeout: 0s} | report.yaml:4 | above 0",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenant AND :tag_ | rows.sql:2 | unknown parameter :tag_",
        "mail.txt | none | mail.txt | is missing",
        "report.html | <html>{rows.size}\\n{parameters.top}</html> | report.html:2 | unknown name parameters",
        "report.yaml | title: T\\nmial:\\n  subject: s | report.yaml:2 | unknown key mial; did you mean mail?",
        "report.yaml | title: T\\nmail: {subjct: s} | report.yaml:2 | unknown key mail.subjct; did you mean subject?",
        "report.yaml | title: T\\nmail: {subject: {german: s}} | report.yaml:2 | german is no language tag",
        "report.yaml | title: T\\nmail: {subject: {de_AT: s}} | report.yaml:2 | written de-AT",
        "report.yaml | title: T\\nmail: {subject: \"{tenant.nmae}\"} | report.yaml:2 | mail subject: tenant has no nmae; did you mean name?",
        "report.yaml | title: T\\nmail: {subject: s}\\ndatasets:\\n  row:\\n    rows: 5 | report.yaml:4 | row.sql; did you mean rows?",
        "rows.sql | SELECT 1\\nFROM x WHERE t = :tenat AND :tenant | rows.sql:2 | :tenat; did you mean :tenant?",
        "report.html | <html>\\n{#for row in rosw}{row.a}{/for}{rows}</html> | report.html:2 | unknown name rosw; did you mean rows?",
        "report.html | <html>\\n{#for row in rows}{/for}\\n{row.a}</html> | report.html:3 | unknown name row; did you mean rows?",
        "report.html | <html>{#for row in rows}\\n{rwo_index}{/for}</html> | report.html:2 | unknown name rwo_index",
        "report.html | <html>{rows.size}\\n{rows.get(0).a.changeFrom(recpient.name)}</html> | report.html:2 | did you mean recipient?",
        "report.html | <html>{rows.size}\\n{m.lastweek}</html> | report.html:2 | no message lastweek in messages.properties",
        "report.html | <html>{rows.size}\\n{#if rows.isEmpty && brnad}{/if}</html> | report.html:2 | did you mean brand?",
        "report.html | <html>\\n<img src=\"logo.png\"/>{rows}</html> | report.html:2 | loads nothing",
        "report.html | <html>\\n\\n<link rel=\"stylesheet\"/>{rows}</html> | report.html:3 | <link loads nothing",
        "report.css | p { }\\nq { background: url('https://x.test/a.png'); } | report.css:2 | url('https://x.test/a.png) loads nothing",
        "report.css | @import 'a.css'; | report.css:1 | @import loads nothing",
        "report.css | p { color: {brand.inc}; } | report.css:1 | brand has no inc; did you mean ink?",
        "report.html | <html>{rows}\\n<style>td{color:red;margin:0 1px}</style></html> | report.html:2 | {color: is read as an expression",
        "mail.html | <html>\\n<style>@media print{p{margin:0}}</style></html> | mail.html:2 | write a blank or a new line after it",
        "report.html | <html>{rows}\\n{#if m:title == 'x'}{/if}</html> | report.html:2 | {m: is read",
        "report.html | <html>{rows}\\n{data:rosw}</html> | report.html:2 | did you mean rows?",
        "mail.txt | {link}\\n{css} | mail.txt:2 | unknown name css",
        "rows.sql | SELECT :tenant,\\n@n := @n + 1 | rows.sql:2 | has a variable (@n), which would outlive the report",
        "rows.sql | SELECT :tenant\\nINTO @n | rows.sql:2 | has a variable (@n)",
        "rows.sql | SELECT :tenant;\\nDELETE FROM t | rows.sql:2 | has something after its semicolon",
        "kpi.SQL | SELECT :tenant | kpi.SQL | is no file of a definition; did you mean kpi.sql?",
        "report.htm | x | report.htm | is no file of a definition; did you mean report.html?",
        "mesages_de.properties | x=1 | mesages_de.properties | did you mean messages_de.properties?",
        "messages_fr_ch.properties | x=1 | messages_fr_ch.properties | fr-ch is no language tag",
        "messages_german.properties | x=1 | messages_german.properties | german is no language tag",
        "messages.properties | a=1\\nb=2\\na=3 | messages.properties:3 | the key a is there twice",
        "note.html | <html>\\n{#for row in rows}</html> | note.html | for",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness: {query: ready} | report.yaml:3 | has no file ready.sql",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness:\\n  every: 1m | report.yaml:4 | readiness.query is missing",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness:\\n  query: rows\\n  every: soon | report.yaml:5 | every is a duration",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness:\\n  query: rows\\n  every: 9s | report.yaml:5 | at least 10s",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness:\\n  query: rows\\n  wait: 8d | report.yaml:5 | at most 7d",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness: {query: rows, wait: 5m} | report.yaml:3 | longer than readiness.wait",
        "report.yaml | title: T\\nmail: {subject: s}\\nreadiness:\\n  query: rows\\n  until: noon | report.yaml:5 | unknown key readiness.until",
        "report.yaml | title: T\\nmail: {subject: s}\\nempty:\\n  then: delete | report.yaml:4 | send, skip or note, not delete",
        "report.yaml | title: T\\nmail: {subject: s}\\nempty:\\n  when: [rows,\\n    sums] | report.yaml:5 | sums, which is no dataset",
        "report.yaml | title: T\\nmail: {subject: s}\\nempty:\\n  when: rows | report.yaml:4 | is a list of datasets",
        "report.yaml | title: T\\nmail: {subject: s}\\nempty: {whenever: [rows]} | report.yaml:3 | unknown key empty.whenever",
        "report.yaml | title: T\\nmail: {subject: s}\\nformats: [] | report.yaml:3 | formats is empty",
        "report.yaml | title: T\\nmail: {subject: s}\\nformats:\\n- pdf\\n- pdf | report.yaml:5 | the format pdf is there twice",
        "report.yaml | title: null\\nmail: {subject: s} | report.yaml:1 | title is empty",
        "report.yaml | title: T\\nmail: {subject: ' '} | report.yaml:2 | mail.subject is empty",
        "report.yaml | title: T\\nmail:\\n  subject:\\n    en: s\\n    de: ~ | report.yaml:5 | mail.subject.de is empty",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {zip: 010} | report.yaml:3 | needs quotes",
        "report.yaml | title: T\\nmail: {subject: s}\\nparameters: {share: 00.5} | report.yaml:3 | needs quotes"})
    void whatIsWrongIsNamedWithFileLineAndReason(String file, String text, String where, String reason) {
        Map<String, String> files = with(file, text == null ? null : text.replace("\\n", "\n"));

        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("bad", files);

        assertThat(broken.faults()).map(Fault::toString).anySatisfy(fault -> assertThat(fault).startsWith(where).contains(reason));
    }

    @Test
    void constantsAndTagsAreParametersLikeTheOthers() {
        Map<String, String> files = with("rows.sql", "SELECT :top, :share, :currency, :tags, :tag_region FROM x WHERE t = :tenant");
        files.put("report.yaml", GOOD.get("report.yaml") + "parameters: {top: 25, share: 0.125, currency: EUR, year: '2026'}\n");
        files.put("report.html", "<html>{parameters.top} {parameters.currency} {#for row in rows}{row.a}{/for}</html>");

        Definition definition = (Definition) DefinitionLoader.load("x", files);

        assertThat(definition.parameters()).isEqualTo(Map.of(
                "top", 25L, "share", new BigDecimal("0.125"), "currency", "EUR", "year", "2026"));
        assertThat(definition.datasets().get("rows").isPersonal()).isTrue();
        assertThat(ReportPage.of(definition, Map.of("rows", List.of()), Samples.facts("T", "#0b5cad", "Ann", "en"))).contains("25 EUR");
    }

    @Test
    void aDatasetsTimeIsItsOwnOrTheServices() {
        Map<String, String> files = with("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {timeout: 1500ms}}");

        assertThat(((Definition) DefinitionLoader.load("x", files)).datasets().get("rows").timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(((Definition) DefinitionLoader.load("x", GOOD)).datasets().get("rows").timeout()).isNull();
    }

    @Test
    void whatATemplateGivesItselfIsKnownToIt() {
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
    void whatIsForASheetASubjectOrAQuestionOnlyIsUsed() {
        Map<String, String> files = with("extra.sql", "SELECT :tenant");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(BrokenDefinition.class);

        files.put("report.yaml", "title: T\nmail: {subject: s}\nformats: [pdf, xlsx]");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
        files.put("report.yaml", "title: T\nmail: {subject: '{extra.size}'}");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
        files.put("report.yaml", "title: T\nmail: {subject: s}\nempty: {when: [extra]}");
        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
    }

    @Test
    void aMessageOfOneLanguageOnlyIsMissingForEverybodyElse() {
        Map<String, String> files = with("mail.txt", "hello\n{m.ours}");
        files.put("messages_de.properties", "ours=unser");

        assertThat(((BrokenDefinition) DefinitionLoader.load("x", files)).reasons())
                .startsWith("mail.txt:2: the message ours is there for de only");
    }

    @ParameterizedTest
    @CsvSource({"messages_fr-CH, fr-CH", "messages_fr_CH, fr-CH", "messages_es_419, es-419", "messages_es-419, es-419", "messages_de, de"})
    void aMessagesFileIsForTheTagInItsName(String file, String tag) {
        Definition definition = (Definition) DefinitionLoader.load("x", with(file + ".properties", "own=ours"));

        assertThat(definition.messages(Locale.forLanguageTag(tag))).containsEntry("own", "ours");
        assertThat(definition.messages(Locale.ENGLISH)).doesNotContainKey("own");
    }

    @Test
    void twoFilesForOneLanguageAreAFault() {
        Map<String, String> files = with("messages_fr-CH.properties", "own=a");
        files.put("messages_fr_CH.properties", "own=b");

        assertThat(reasons(files)).isEqualTo("messages_fr_CH.properties: is the second file for fr-CH; put all of its texts into one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Weekly", "my report", "../up", "-x", "a_b", ""})
    void aFolderThatNoLinkCouldNameIsNoDefinition(String name) {
        assertThat(((BrokenDefinition) DefinitionLoader.load(name, GOOD)).reasons()).contains("is named in small letters");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Map<String, String> files = with("rows.sql", "SELECT :x");
        files.put("report.yaml", "titel: T");

        assertThat(((BrokenDefinition) DefinitionLoader.load("bad", files)).faults()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void theFaultsOfSubjectsAreToldOnTheLinesOfReportYaml() {
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

        assertThat(((BrokenDefinition) DefinitionLoader.load("x", files)).faults()).hasSize(3).map(Fault::toString)
                .anyMatch(it -> it.startsWith("report.yaml:4: mail subject en: tenant has no nmae"))
                .anyMatch(it -> it.startsWith("report.yaml:5: mail subject de: "))
                .anyMatch(it -> it.startsWith("report.yaml:7: mail subject es: unknown name nothing"));
    }

    @Test
    void aParameterWhoseValueIsRefusedIsNoUnknownOne() {
        Map<String, String> files = with("rows.sql", "SELECT :zip FROM x WHERE t = :tenant");
        files.put("report.yaml", GOOD.get("report.yaml") + "parameters: {zip: 010}");

        assertThat(((BrokenDefinition) DefinitionLoader.load("x", files)).faults()).hasSize(1);
    }

    @Test
    void zeroAndADecimalBelowOneAreNumbers() {
        Map<String, String> files = with("report.yaml", GOOD.get("report.yaml") + "parameters: {none: 0, less: -0.5, more: 10}");

        assertThat(((Definition) DefinitionLoader.load("x", files)).parameters())
                .isEqualTo(Map.of("none", 0L, "less", new BigDecimal("-0.5"), "more", 10L));
    }

    @Test
    void anUnusedDatasetIsToldBesideOtherFaults() {
        Map<String, String> files = with("rows.sql", "SELECT 1 FROM x WHERE t = :tenant AND :tenat");
        files.put("extra.sql", "SELECT :tenant");

        assertThat(reasons(files)).contains("unknown parameter :tenat").contains("extra.sql: is read by no template");
    }

    @Test
    void aDatasetThatATemplateMisspellsIsNotToldAsUnusedToo() {
        assertThat(reasons(with("report.html", "<html>{rosw.size}</html>"))).contains("did you mean rows?").doesNotContain("rows.sql");
    }

    @Test
    void whatATemplateReadsThatDoesNotParseIsNotToldAsUnused() {
        assertThat(reasons(with("report.html", "<html>{#for row in rows}</html>"))).startsWith("report.html:1").doesNotContain("rows.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title: [\n", "", "- a", "none"})
    void ofAReportYamlThatSaysNothingNothingElseIsMissed(String yaml) {
        Map<String, String> files = with("report.yaml", yaml.equals("none") ? null : yaml);
        files.put("rows.sql", "SELECT :top");
        files.put("extra.sql", "SELECT :tenant");
        files.put("report.html", "<html>{parameters.top}{rows.size}</html>");

        assertThat(((BrokenDefinition) DefinitionLoader.load("x", files)).faults()).singleElement()
                .satisfies(fault -> assertThat(fault.file()).isEqualTo("report.yaml"));
    }

    @Test
    void ofAFileThatCannotBeReadNothingIsMissed() {
        Map<String, String> files = with("rows.sql", null);
        files.put("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {rows: 5}}\nempty: {when: [rows]}\nreadiness: {query: ready}");
        files.put("mail.txt", "{m.hello_all}");

        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("x", files, Map.of(
                "rows.sql", "is not UTF-8", "ready.sql", "is not UTF-8", "messages.properties", "is not UTF-8"));

        assertThat(broken.faults()).map(Fault::toString)
                .containsExactly("messages.properties: is not UTF-8", "ready.sql: is not UTF-8", "rows.sql: is not UTF-8");
    }

    @Test
    void aDatasetMayBeGlobalIfItSaysSo() {
        Map<String, String> files = with("rows.sql", "WITH x AS (SELECT 1 AS a) SELECT a FROM x");
        files.put("report.yaml", GOOD.get("report.yaml") + "datasets: {rows: {scope: global, rows: 3}}");

        Definition definition = (Definition) DefinitionLoader.load("x", files);

        assertThat(definition.datasets().get("rows").rowLimit()).isEqualTo(3);
    }

    @Test
    void aReadinessQueryIsNoDatasetAndNoTemplateNeedReadIt() {
        Map<String, String> files = readiness("SELECT loaded FROM loads WHERE tenant = :tenant AND day >= :to", "{query: ready, every: 30s, wait: 2d}");

        Definition definition = (Definition) DefinitionLoader.load("x", files);

        assertThat(definition.datasets()).containsOnlyKeys("rows");
        assertThat(definition.readiness()).hasValueSatisfying(readiness -> {
            assertThat(readiness.query().parameters()).containsExactly("tenant", "to");
            assertThat(readiness.every()).isEqualTo(Duration.ofSeconds(30));
            assertThat(readiness.longest()).isEqualTo(Duration.ofDays(2));
        });
        assertThat(definition.whenEmpty()).isEqualTo(new WhenEmpty(Set.of("rows"), WhenEmpty.Then.SEND));
    }

    @Test
    void aReadinessQueryIsAskedEveryTenMinutesForSixHoursUnlessItSaysOtherwise() {
        Definition definition = (Definition) DefinitionLoader.load("x", readiness("SELECT 1 WHERE :tenant", "{query: ready}"));

        assertThat(definition.readiness()).hasValueSatisfying(readiness -> {
            assertThat(readiness.every()).isEqualTo(Duration.ofMinutes(10));
            assertThat(readiness.longest()).isEqualTo(Duration.ofHours(6));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT 1 | ready.sql: does not use :tenant",
        "SELECT 1 FROM x WHERE :tenant\\nAND u = :recipient | ready.sql:2: a readiness query is asked once for a whole run: it has no :recipient",
        "SELECT 1 FROM x WHERE :tenant AND JSON_LENGTH(:tags) > 0 | ready.sql:1: a readiness query is asked once for a whole run: it has no :tags",
        "SELECT :tenant, :tag_region | ready.sql:1: a readiness query is asked once for a whole run: it has no :tag_region",
        "UPDATE x SET a = 1 WHERE t = :tenant | ready.sql:1: is no query"})
    void aReadinessQueryIsCheckedAsADatasetIsAndIsAboutNobody(String sql, String fault) {
        BrokenDefinition broken = (BrokenDefinition) DefinitionLoader.load("x", readiness(sql.replace("\\n", "\n"), "{query: ready}"));

        assertThat(broken.faults()).map(Fault::toString).anySatisfy(it -> assertThat(it).startsWith(fault));
    }

    @Test
    void aReadinessQueryMayBeAboutEveryTenantIfItSaysSo() {
        Map<String, String> files = readiness("SELECT 1", "{query: ready}\ndatasets: {ready: {scope: global}}");

        assertThat(DefinitionLoader.load("x", files)).isInstanceOf(Definition.class);
    }

    @Test
    void whatIsDoneWithAnEmptyReportIsTheAuthorsToSay() {
        Map<String, String> files = with("more.sql", "SELECT 1 AS b FROM metric WHERE tenant_id = :tenant");
        files.put("note.txt", "nothing but {more.size}");
        files.put("report.yaml", GOOD.get("report.yaml") + "empty: {when: [rows], then: note}");

        Definition definition = (Definition) DefinitionLoader.load("x", files);

        assertThat(definition.whenEmpty().of(Map.of("rows", List.of(), "more", List.of(Map.of("b", 1))))).isEqualTo(WhenEmpty.Then.NOTE);
        assertThat(definition.whenEmpty().of(Map.of("rows", List.of(Map.of("a", 1)), "more", List.of()))).isEqualTo(WhenEmpty.Then.SEND);
    }

    private static String reasons(Map<String, String> files) {
        return ((BrokenDefinition) DefinitionLoader.load("x", files)).reasons();
    }

    private static Map<String, String> readiness(String sql, String readiness) {
        Map<String, String> files = with("ready.sql", sql);
        files.put("report.yaml", GOOD.get("report.yaml") + "readiness: " + readiness);
        return files;
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
