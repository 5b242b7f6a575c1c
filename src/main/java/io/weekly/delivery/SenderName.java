package io.weekly.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A display name before an address, as a From header takes it: a quoted string (RFC 5322, 3.2.4), or encoded words (RFC 2047) where it
 * has other letters than ASCII. The mail client would put such a name behind the address as a comment, which readers do not show.
 */
final class SenderName {

    /** An encoded word has 75 characters at most; 12 are its frame, and base64 makes 4 of 3 bytes. */
    private static final int BYTES_A_WORD = 45;

    private SenderName() {}

    /** What would end the quotes or the header is taken out. */
    static String before(String address, String name) {
        var plain = name.replaceAll("[()<>\"\\\\\\p{Cntrl}]", " ").strip();
        var shown = plain.chars().allMatch(letter -> letter < 128) ? "\"" + plain + "\"" : String.join(" ", words(plain));
        return shown + " <" + address + ">";
    }

    private static List<String> words(String name) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        name.codePoints().mapToObj(Character::toString).forEach(letter -> {
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
}
