package io.weekly.delivery;

import java.util.ArrayList;

/**
 * A display name before the address in a From header: a quoted string (RFC 5322, 3.2.4), or encoded words if it is not ASCII. The mail
 * client would write such a name as a comment after the address, and mail programs do not show comments.
 */
public final class SenderName {

    private SenderName() {}

    /** Whether the name has a visible character. */
    public static boolean isVisible(String name) {
        return plain(name).replaceAll("[()\"\\\\]", "").codePoints().anyMatch(SenderName::isVisibleCharacter);
    }

    private static boolean isVisibleCharacter(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The value of the header. */
    static String before(String address, String name) {
        var plain = plain(name);
        var quoted = "\"" + plain.replaceAll("[\"\\\\]", "\\\\$0") + "\"";
        var parts = new ArrayList<>(HeaderText.isPlain(quoted) ? HeaderText.runs(quoted) : HeaderText.words(plain));
        parts.add("<" + address + ">");
        return HeaderText.folded("From", parts);
    }

    /**
     * Takes out characters that would end the header, angle brackets, because a mail program may take what stands in them for the address,
     * and invisible characters that reorder or hide others (bidirectional overrides, zero-width spaces). The two joiners stay: emoji and
     * the scripts of Iran and India need them.
     */
    private static String plain(String name) {
        return name.replaceAll("[<>\\p{Cc}\\p{Zl}\\p{Zp}]", " ").replaceAll("[\\p{Cf}&&[^\\u200C\\u200D]]", "").strip();
    }
}
