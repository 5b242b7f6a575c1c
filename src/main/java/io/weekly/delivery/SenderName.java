package io.weekly.delivery;

import java.util.ArrayList;

/**
 * A display name before an address, as a From header takes it: a quoted string (RFC 5322, 3.2.4), or encoded words where it has other
 * letters than ASCII. The mail client would put such a name behind the address as a comment, which readers do not show.
 */
public final class SenderName {

    private SenderName() {}

    /** Whether a reader sees anything of it. */
    public static boolean isVisible(String name) {
        return plain(name).codePoints().anyMatch(SenderName::isSeen);
    }

    private static boolean isSeen(int letter) {
        return switch (Character.getType(letter)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The value of the header. */
    static String before(String address, String name) {
        var plain = plain(name);
        var isPlain = HeaderText.isPlain(plain);
        var parts = new ArrayList<>(isPlain ? HeaderText.runs("\"" + plain + "\"") : HeaderText.words(plain));
        parts.add("<" + address + ">");
        return HeaderText.folded("From", parts);
    }

    /**
     * What would end the quotes or the header is taken out, and what a reader does not see but which turns or hides what stands beside it
     * (bidirectional overrides, zero-width blanks). The two joiners stay: emoji and the scripts of Iran and India are written with them.
     */
    private static String plain(String name) {
        return name.replaceAll("[()<>\"\\\\\\p{Cc}\\p{Zl}\\p{Zp}]", " ").replaceAll("[\\p{Cf}&&[^\\u200C\\u200D]]", "").strip();
    }
}
