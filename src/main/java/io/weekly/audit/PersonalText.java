package io.weekly.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text in the detail of an event that can name a person: an address, or what a mail server replied. The event has only a hash of it, so
 * the text can be erased with the person.
 *
 * @param person whom it is about: {@code user:<id>}, {@code operator:<id>}, {@code recipient:<number>} or {@code mail:<address>}; null if
 *     that is not known. Then it is erased with the tenant. The table has the pseudonym of a user or operator in the place of the id, so
 *     after an erasure the next user with the id is another person
 */
public record PersonalText(String text, @Nullable String person) {

    /** A text about a user of the tenant, as somebody who acts. */
    public static PersonalText ofUser(String userId, String text) {
        return new PersonalText(text, user(userId));
    }

    /** A text about a recipient. Background work may write it after the erasure of the recipient, when somebody else has the user id. */
    public static PersonalText ofRecipient(long number, String text) {
        return new PersonalText(text, recipient(number));
    }

    /** A text about whoever has this mail address. */
    public static PersonalText ofAddress(String address, String text) {
        return new PersonalText(text, mail(address));
    }

    /** The name of a user of the tenant, by its id or by its pseudonym. */
    public static String user(String userId) {
        return "user:" + userId;
    }

    /** The name of a recipient. */
    public static String recipient(long number) {
        return "recipient:" + number;
    }

    /** The name of whoever has this mail address, in whatever case it is written. */
    public static String mail(String address) {
        return "mail:" + address.toLowerCase(Locale.ROOT);
    }
}
