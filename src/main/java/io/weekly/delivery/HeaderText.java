package io.weekly.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Free text in a mail header: unchanged if it is ASCII, else as encoded words (RFC 2047); long lines are folded (RFC 5322, 2.2.3). This
 * class is needed because the mail client encodes each Java char separately, so characters above U+FFFF arrive as question marks.
 */
final class HeaderText {

    /** The longest line. RFC 2047, section 2, says it for lines with an encoded word; all lines here keep to it. */
    private static final int MAX_LINE = 76;
    /**
     * In base64 these are 52 characters, and an encoded word adds 12. So one word fits into the first line, after the name of the header.
     */
    private static final int MAX_BYTES_PER_WORD = 39;
    /** A longer run without a space is encoded: encoded text can be broken anywhere. */
    private static final int MAX_RUN = 64;

    /** A line may break at a single space between two other characters: unfolding restores it unchanged. */
    private static final Pattern BREAK = Pattern.compile("(?<=[^ ]) (?=[^ ])");

    private HeaderText() {}

    /** The value of a header that is free text, such as Subject. */
    static String unstructured(String header, String text) {
        var line = text.replaceAll("\\p{Cc}", " ").strip();
        return folded(header, isPlain(line) ? runs(line) : words(line));
    }

    /**
     * The value of a header with a grammar of its own, such as List-Unsubscribe. It is never encoded, because an address in an encoded word
     * would be no address. So it is ASCII, and lines are folded only where it has a space.
     */
    static String structured(String header, String value) {
        return folded(header, runs(value.replaceAll("[^ -~]", " ").strip()));
    }

    /** Whether the text needs no encoding: ASCII only, nothing that looks like an encoded word, and no run that is too long. */
    static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character <= '~')
                && !text.contains("=?")
                && runs(text).stream().allMatch(run -> run.length() <= MAX_RUN);
    }

    /** The parts of a text between the places where a line may break. */
    static List<String> runs(String text) {
        return List.of(BREAK.split(text));
    }

    /** The text as encoded words. No word ends within a code point. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            if ((word + character).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES_PER_WORD) {
                words.add(encoded(word));
                word.setLength(0);
            }
            word.append(character);
        });
        words.add(encoded(word));
        return words;
    }

    private static String encoded(StringBuilder word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** The parts with a space between them, and a line break before the space if the line would get too long. */
    static String folded(String header, List<String> parts) {
        var value = new StringBuilder(parts.getFirst());
        var column = header.length() + ": ".length() + value.length();
        for (var part : parts.subList(1, parts.size())) {
            if (column + 1 + part.length() > MAX_LINE) {
                value.append("\r\n");
                column = 0;
            }
            value.append(' ').append(part);
            column += 1 + part.length();
        }
        return value.toString();
    }
}
