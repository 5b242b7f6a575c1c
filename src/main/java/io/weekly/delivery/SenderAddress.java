package io.weekly.delivery;

import io.weekly.text.EmailAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Who mails are from: {@code reports@acme.test}, or {@code Weekly Reports <reports@acme.test>} (RFC 5322, section 3.4).
 *
 * @param name as a person reads it, without quotes; null for none. The name of a tenant replaces it
 * @param address the form that is sent, with the domain as A-labels
 */
public record SenderAddress(@Nullable String name, String address) {

    /** What a right value looks like, for messages. */
    public static final String EXPECTED = "must be a mail address, or a name and a mail address such as Weekly Reports <reports@acme.test>";

    private static final int MAX_NAME_CHARACTERS = 200;
    /** Possessive, so that a long invalid text does not cause backtracking. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\\\p{Cc}]|\\\\[^\\p{Cc}])*+\"");
    /** The characters that RFC 5322 allows only in quotes. The dot is no such character: names such as "Acme Inc." are common. */
    private static final Pattern SPECIAL = Pattern.compile("[()<>\\[\\]:;@\\\\,\"]");

    private sealed interface Reading {
        record Read(SenderAddress sender) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    /** The domain of the address, as A-labels in lower case. */
    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    /** Why the text is no sender, after {@link #EXPECTED}; empty if it is one. */
    public static Optional<String> fault(String text) {
        return read(text) instanceof Reading.Refused(var reason) ? Optional.of(reason) : Optional.empty();
    }

    /** Reads the text. Fails with an {@link IllegalArgumentException} that says why it is no sender. */
    public static SenderAddress of(String text) {
        return switch (read(text)) {
            case Reading.Read(var sender) -> sender;
            case Reading.Refused(var reason) -> throw new IllegalArgumentException(EXPECTED + ": " + reason);
        };
    }

    private static Reading read(String text) {
        var value = text.strip();
        var bracket = value.lastIndexOf('<');
        if (bracket < 0) {
            return read(null, value);
        }
        if (!value.endsWith(">")) {
            return new Reading.Refused("nothing may stand after the address in angle brackets");
        }
        var name = value.substring(0, bracket).strip();
        var plain = name.startsWith("\"") ? unquoted(name) : name;
        return nameFault(name, plain)
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> read(plain.isBlank() ? null : plain, value.substring(bracket + 1, value.length() - 1)));
    }

    private static Reading read(@Nullable String name, String address) {
        return switch (EmailAddress.parseSender(address)) {
            case EmailAddress.Valid valid -> new Reading.Read(new SenderAddress(name, valid.normal()));
            case EmailAddress.Invalid(var reason) -> new Reading.Refused(reason);
        };
    }

    private static Optional<String> nameFault(String given, String plain) {
        if (plain.codePointCount(0, plain.length()) > MAX_NAME_CHARACTERS) {
            return Optional.of("its name has more than " + MAX_NAME_CHARACTERS + " characters");
        }
        if (plain.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("its name has a control character");
        }
        if (plain.contains("=?")) {
            return Optional.of("its name is written as an encoded word: write the name itself");
        }
        var isQuoted = given.startsWith("\"");
        if (isQuoted && !QUOTED.matcher(given).matches()) {
            return Optional.of("the quotes of its name do not match");
        }
        return !isQuoted && SPECIAL.matcher(given).find()
                ? Optional.of("its name has one of the characters ()<>[]:;@\\,\" and must stand in quotes")
                : Optional.empty();
    }

    private static String unquoted(String name) {
        return name.length() < 2 ? "" : name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1").strip();
    }

    /** Reads the setting. */
    public static final class Reader implements Converter<SenderAddress> {
        @Override
        public SenderAddress convert(String value) {
            return of(value);
        }
    }
}
