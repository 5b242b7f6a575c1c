package io.weekly;

import io.weekly.delivery.SenderAddress;
import io.weekly.text.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Finds settings of mails with which every mail would be broken or refused, before the service starts. Each line names the key, the value
 * and what would be right.
 */
final class MailSettings {

    private static final String FROM = "weekly.delivery.from";
    private static final String BOUNCE = "quarkus.mailer.bounce-address";
    private static final String MOCK = "quarkus.mailer.mock";
    private static final String RECIPIENT_ERRORS = "quarkus.mailer.allow-rcpt-errors";
    private static final String DKIM = "quarkus.mailer.dkim.enabled";
    private static final String SIGNED = "quarkus.mailer.dkim.signed-headers";
    /** RFC 8058, section 4: the signature must cover both. Without From there is no signature at all (RFC 6376, section 5.4). */
    private static final List<String> MUST_BE_SIGNED = List.of("From", "List-Unsubscribe", "List-Unsubscribe-Post");

    private static final int MAX_SHOWN_CHARACTERS = 100;

    private MailSettings() {}

    /** One line for each. */
    static List<String> faults(Config config) {
        return Stream.of(sender(config), bounceAddress(config), mock(config), recipientErrors(config), signedHeaders(config))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> sender(Config config) {
        return value(config, FROM).flatMap(text -> SenderAddress.fault(text)
                .map(reason -> "%s is %s: it %s: %s".formatted(FROM, shown(text), SenderAddress.EXPECTED, reason)));
    }

    private static Optional<String> bounceAddress(Config config) {
        return value(config, BOUNCE).flatMap(text -> EmailAddress.parseSender(text) instanceof EmailAddress.Invalid(var reason)
                ? Optional.of("%s is %s: it must be an address such as bounces@acme.test: %s".formatted(BOUNCE, shown(text), reason))
                : Optional.empty());
    }

    private static Optional<String> mock(Config config) {
        return config.getOptionalValue(MOCK, Boolean.class)
                .filter(isMock -> isMock)
                .map(_ -> MOCK + " is true, which has no effect here: mails would be sent. Use quarkus.mailer.approved-recipients instead,"
                        + " a list of regular expressions for the only addresses that get mails");
    }

    /** Each mail has one recipient. If the server refuses it and still takes DATA, the client would send an empty mail to nobody. */
    private static Optional<String> recipientErrors(Config config) {
        return config.getOptionalValue(RECIPIENT_ERRORS, Boolean.class)
                .filter(areAllowed -> areAllowed)
                .map(_ -> RECIPIENT_ERRORS + " is true, with which a report could be shown as delivered although the mail server refused"
                        + " its recipient. Leave the setting out");
    }

    /** Without a value the default holds. It is in application.properties, which a native executable does not read before it starts. */
    private static Optional<String> signedHeaders(Config config) {
        if (!config.getOptionalValue(DKIM, Boolean.class).orElse(false)) {
            return Optional.empty();
        }
        return config.getOptionalValues(SIGNED, String.class).flatMap(signed -> {
            var missing = MUST_BE_SIGNED.stream()
                    .filter(header -> signed.stream().map(String::strip).noneMatch(header::equalsIgnoreCase))
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SIGNED + " must contain " + String.join(", ", missing) + ": without it Gmail and Yahoo show no button to"
                            + " unsubscribe (RFC 8058). Leave the setting out to use the default (docs/deliverability.md)");
        });
    }

    private static Optional<String> value(Config config, String key) {
        return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
    }

    private static String shown(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.codePointCount(0, line.length()) <= MAX_SHOWN_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN_CHARACTERS)) + "…";
    }
}
