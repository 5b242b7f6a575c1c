package io.weekly.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029", " \n\t ", "\u0000", "\u001b", "\u3000"})
    void everyBreakIsOneSpaceOnALine(String between) {
        assertThat(ControlCharacters.oneLine(between + "North" + between + "East" + between)).isEqualTo("North East");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029"})
    void everyLineBreakIsALineFeedInAText(String end) {
        assertThat(ControlCharacters.visible("a" + end + "b")).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\b", "\u001b", "\u007f", "\u009b", "\u0090", "\u001f", "\ud83d"})
    void anotherControlCharacterIsVisible(String control) {
        assertThat(ControlCharacters.visible("a" + control + "b")).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u202a", "\u2066", "\u2069"})
    void aMarkThatTurnsTheTextAfterItIsLeftOut(String mark) {
        assertThat(ControlCharacters.visible("a" + mark + "b")).isEqualTo("ab");
        assertThat(ControlCharacters.oneLine("a" + mark + "b")).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "12\u202f345\u00a0€", "شركة", "👨‍👩‍👧", "e\u0301", "a\u200eb"})
    void otherTextStaysAsItIs(String text) {
        assertThat(ControlCharacters.visible(text)).isEqualTo(text);
    }

    @Property
    void noControlCharacterIsLeft(@ForAll String text) {
        assertThat(ControlCharacters.oneLine(text).chars()).noneMatch(Character::isISOControl);
        assertThat(ControlCharacters.visible(text).chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }
}
