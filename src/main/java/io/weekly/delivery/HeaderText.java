package io.weekly.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text of people in a mail's header: as it is where it is ASCII, in encoded words (RFC 2047) where it has other letters, and folded
 * (RFC 5322, 2.2.3). The mail client itself encodes char by char, so that all beyond U+FFFF arrives as question marks.
 */
final class HeaderText {

    /** RFC 2047, 2: of a line that has an encoded word, and so of every line here. */
    private static final int LINE = 76;
    /** Base64 makes 52 characters of them, and 12 are a word's frame: one fits into the first line too, behind the header's name. */
    private static final int BYTES_A_WORD = 39;
    /** A longer run without a blank is encoded, which can be cut anywhere. */
    private static final int LONGEST_RUN = 64;

    /** Where a line may break and be put together again unchanged: at one blank between two other characters. */
    private static final Pattern BREAK = Pattern.compile("(?<=[^ ]) (?=[^ ])");

    private HeaderText() {}

    /** The value of a header that is nothing but text, such as Subject. */
    static String unstructured(String header, String text) {
        var line = text.replaceAll("\\p{Cc}", " ").strip();
        return folded(header, isPlain(line) ? runs(line) : words(line));
    }

    /** Whether it can stand as it is: no other letters, nothing that reads as an encoded word, and a blank now and then. */
    static boolean isPlain(String text) {
        return text.chars().allMatch(letter -> letter >= ' ' && letter <= '~')
                && !text.contains("=?")
                && runs(text).stream().allMatch(run -> run.length() <= LONGEST_RUN);
    }

    static List<String> runs(String text) {
        return List.of(BREAK.split(text));
    }

    /** Encoded words, each of whole code points. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(letter -> {
            if ((word + letter).getBytes(StandardCharsets.UTF_8).length > BYTES_A_WORD) {
                words.add(encoded(word));
                word.setLength(0);
            }
            word.append(letter);
        });
        words.add(encoded(word));
        return words;
    }

    private static String encoded(StringBuilder word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** With a blank between the parts, and a new line before it where the line would get too long. */
    static String folded(String header, List<String> parts) {
        var value = new StringBuilder(parts.getFirst());
        var column = header.length() + ": ".length() + value.length();
        for (var part : parts.subList(1, parts.size())) {
            if (column + 1 + part.length() > LINE) {
                value.append("\r\n");
                column = 0;
            }
            value.append(' ').append(part);
            column += 1 + part.length();
        }
        return value.toString();
    }
}
