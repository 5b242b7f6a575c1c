package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.definition;
import static io.weekly.definition.DefinitionFiles.reasons;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages files of a definition. */
class MessagesTest {

    @Test
    void aMessageThatOnlyOneLanguageHasIsAFault() {
        Map<String, String> files = with("mail.txt", "hello\n{m.ours}");
        files.put("messages_de.properties", "ours=unser");

        assertThat(reasons(files))
                .startsWith("mail.txt:2: the message ours exists only for de");
    }

    @ParameterizedTest
    @CsvSource({"messages_fr-CH, fr-CH", "messages_fr_CH, fr-CH", "messages_es_419, es-419", "messages_es-419, es-419", "messages_de, de"})
    void theFileNameGivesTheLanguageOfMessages(String file, String tag) {
        Definition definition = definition(with(file + ".properties", "own=ours"));

        assertThat(definition.messages(Locale.forLanguageTag(tag))).containsEntry("own", "ours");
        assertThat(definition.messages(Locale.ENGLISH)).doesNotContainKey("own");
    }

    @Test
    void twoMessagesFilesForOneLanguageAreAFault() {
        Map<String, String> files = with("messages_fr-CH.properties", "own=a");
        files.put("messages_fr_CH.properties", "own=b");

        assertThat(reasons(files)).isEqualTo("messages_fr_CH.properties: a second file for fr-CH; put all its messages into one file");
    }
}
