package io.weekly.text;

import java.util.Optional;

/** The part of a mail address before the {@code @}: a dot-atom of ASCII characters (RFC 5322, section 3.2.3). */
final class LocalPart {

    private static final String ATOM_SIGNS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {}

    /** Why the text is no local part; empty if it is one. */
    static Optional<String> fault(String text) {
        if (text.isEmpty()) {
            return Optional.of("nothing stands before the @");
        }
        if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
            return Optional.of("a part in quotes before the @ is not supported");
        }
        if (text.indexOf('(') >= 0) {
            return Optional.of("a comment in brackets is not supported");
        }
        return text.codePoints().filter(character -> !isAllowed(character)).boxed().findFirst().map(LocalPart::reason).or(() -> form(text));
    }

    private static boolean isAllowed(int character) {
        return character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z'
                || character == '.'
                || ATOM_SIGNS.indexOf(character) >= 0;
    }

    private static String reason(int character) {
        if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            return "it has a blank";
        }
        if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
            return "it has an invisible character";
        }
        if (character == '@') {
            return "it has more than one @";
        }
        return character > 0x7F
                ? "before the @ only plain letters (ASCII) can be sent, because mail goes out without SMTPUTF8"
                : "a character before the @ is not allowed there";
    }

    private static Optional<String> form(String text) {
        if (text.length() > EmailAddress.MAX_LOCAL_LENGTH) {
            return Optional.of("it has more than " + EmailAddress.MAX_LOCAL_LENGTH + " characters before the @");
        }
        return text.startsWith(".") || text.endsWith(".") || text.contains("..")
                ? Optional.of("before the @ it has a dot at an end, or two dots in a row")
                : Optional.empty();
    }
}
