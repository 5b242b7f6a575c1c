package io.weekly.text;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.IDNA.Error;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The domain of a mail address as A-labels: IDNA 2008 (RFC 5891) with the mapping of UTS 46. It is nontransitional, so that {@code
 * straße.example} stays apart from {@code strasse.example}. ICU does it; the JDK's {@code java.net.IDN} follows IDNA 2003. ICU lets
 * symbols pass, such as emoji. IDNA 2008 does not, so they are refused here.
 */
sealed interface DomainName {

    /** A valid domain name, in lower case and without a dot at its end. */
    record Valid(String ascii) implements DomainName {}

    /** No valid domain name, with a reason for a person. */
    record Invalid(String reason) implements DomainName {}

    IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.CHECK_CONTEXTO
                    | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

    String NOT_ALLOWED = "its domain has a character that is not allowed there (RFC 5892)";

    /** Hyphens in the third and fourth place of a label without {@code xn}: reserved (RFC 5890), but such hosts exist. */
    Set<Error> ALLOWED = EnumSet.of(Error.HYPHEN_3_4);

    /** Reads the text after the {@code @}. The text has at most {@link EmailAddress#MAX_GIVEN_LENGTH} characters. */
    static DomainName parse(String text) {
        if (text.isEmpty()) {
            return new Invalid("it has no domain after the @");
        }
        if (text.startsWith("[")) {
            return new Invalid("its domain is an IP address: use a domain name");
        }
        if (text.codePoints().anyMatch(DomainName::isBlank)) {
            return new Invalid("it has a blank");
        }
        if (text.codePoints().anyMatch(DomainName::isInvisible)) {
            return new Invalid("it has an invisible character");
        }
        return mapped(text);
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** UTS 46 leaves most of these out. Two domains that look the same would be the same then, but nobody types them on purpose. */
    private static boolean isInvisible(int character) {
        var isJoiner = character == 0x200C || character == 0x200D; // Persian and Indian names need them; CONTEXTJ says where
        return Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT && !isJoiner
                || character >= 0x80 && isLeftOut(character)
                || character == 0x115F || character == 0x1160 || character == 0x3164 || character == 0xFFA0
                || character == 0x17B4 || character == 0x17B5
                || character >= 0xE0000 && character <= 0xE0FFF;
    }

    private static boolean isLeftOut(int character) {
        return UTS46.labelToUnicode(Character.toString(character), new StringBuilder(), new IDNA.Info()).isEmpty();
    }

    private static DomainName mapped(String text) {
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString().toLowerCase(Locale.ROOT);
        var errors = EnumSet.noneOf(Error.class);
        errors.addAll(info.getErrors());
        errors.removeAll(ALLOWED);
        if (!errors.isEmpty()) {
            return new Invalid(reason(errors));
        }
        var unicode = UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info());
        if (!unicode.codePoints().allMatch(DomainName::isProtocolValid)) {
            return new Invalid(NOT_ALLOWED);
        }
        if (ascii.endsWith(".")) {
            return new Invalid("its domain ends with a dot");
        }
        var first = ascii.charAt(ascii.lastIndexOf('.') + 1);
        // No top-level domain begins with a digit; so no form of an IPv4 address passes, also not 1.2 or 0x7f.0x1 (RFC 3696, section 2).
        return first >= '0' && first <= '9'
                ? new Invalid("its domain ends with a number: use a domain name, not an IP address")
                : new Valid(ascii);
    }

    /**
     * RFC 5892, section 3: letters, digits and marks, with the exceptions of section 2.6. UTS 46 would take symbols too, such as emoji.
     * ICU has mapped the text, so there is no capital letter and no compatibility character. It has also checked the context of others.
     */
    private static boolean isProtocolValid(int character) {
        return switch (character) {
            case '.', '-', 0x200C, 0x200D, 0x00B7, 0x0375, 0x05F3, 0x05F4, 0x30FB, 0x06FD, 0x06FE, 0x0F0B, 0x3007 -> true;
            case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> false;
            default -> isLetterDigitOrMark(character) && !isJamo(character);
        };
    }

    private static boolean isLetterDigitOrMark(int character) {
        return switch (Character.getType(character)) {
            case Character.LOWERCASE_LETTER, Character.OTHER_LETTER, Character.MODIFIER_LETTER, Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Parts of old Korean syllables (RFC 5892, section 2.9). */
    private static boolean isJamo(int character) {
        return character >= 0x1100 && character <= 0x11FF
                || character >= 0xA960 && character <= 0xA97C
                || character >= 0xD7B0 && character <= 0xD7FB;
    }

    private static String reason(Set<Error> errors) {
        if (errors.contains(Error.EMPTY_LABEL)) {
            return "its domain has a dot at an end, or two dots in a row";
        }
        if (errors.contains(Error.LABEL_TOO_LONG) || errors.contains(Error.DOMAIN_NAME_TOO_LONG)) {
            return "its domain is too long: 63 characters between two dots and 253 together, counted as xn-- form";
        }
        if (errors.contains(Error.PUNYCODE) || errors.contains(Error.INVALID_ACE_LABEL)) {
            return "a part of its domain begins with xn-- and is no valid name (RFC 5891)";
        }
        if (errors.contains(Error.LEADING_HYPHEN) || errors.contains(Error.TRAILING_HYPHEN)) {
            return "a part of its domain begins or ends with a hyphen";
        }
        if (errors.contains(Error.BIDI)) {
            return "its domain mixes writing directions in a way that is not allowed (RFC 5893)";
        }
        return NOT_ALLOWED;
    }
}
