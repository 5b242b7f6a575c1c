package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.text.ServiceMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
    private static final Map<String, String> FILES = Map.of(
            "report.yaml", "title: T\nmail: {subject: \"{tenant.name}: {m.of}\"}\nempty: {then: note}\n",
            "rows.sql", "SELECT 1 AS a FROM metric WHERE tenant_id = :tenant",
            "report.html", "<html><body>{#for row in rows}{row.a}{/for}</body></html>",
            "report.css", "", "mail.html", "<html></html>", "mail.txt", "hello");
    private static final Map<String, List<Map<String, Object>>> NOTHING = Map.of("rows", List.of());

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "pl"})
    void theBuiltInNoteIsInTheReadersLanguage(String language) {
        Definition definition = (Definition) DefinitionLoader.load("quiet", FILES);

        MailText note = MailText.note(definition, NOTHING, Samples.facts("Müller & <Söhne>", "#7a1f5c", "Ann Bell", language));

        String next = ServiceMessages.of(Locale.of(language)).get("note_next");
        assertThat(note.subject()).isEqualTo("Müller & <Söhne>: " + ServiceMessages.of(Locale.of(language)).get("of"));
        assertThat(note.text()).contains("Ann Bell", next, "Müller & <Söhne>").doesNotContain("{");
        assertThat(note.html()).contains("Ann Bell", next, "#7a1f5c", "Müller &amp; &lt;Söhne&gt;").doesNotContain("<Söhne>");
    }

    @Test
    void aDefinitionCanHaveItsOwnNote() {
        Map<String, String> files = new HashMap<>(FILES);
        files.put("note.txt", "Quiet week, {recipient.name}.");

        Definition definition = (Definition) DefinitionLoader.load("quiet", files);
        MailText note = MailText.note(definition, NOTHING, Samples.facts("Acme", "#7a1f5c", "Ann Bell", "en"));

        assertThat(note.text()).isEqualTo("Quiet week, Ann Bell.");
        assertThat(note.html()).contains(ServiceMessages.of(Locale.ENGLISH).get("note_next"));
    }
}
