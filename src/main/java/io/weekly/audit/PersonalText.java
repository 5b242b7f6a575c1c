package io.weekly.audit;

import org.jspecify.annotations.Nullable;

/**
 * A text in the detail of an event that can name a person: an address, or what a mail server replied. The event has only a hash of it, so
 * the text can be erased with the person.
 *
 * @param person whom it is about: {@code user:<id>}, {@code operator:<id>} or {@code mail:<address>}; null if that is not known. Then it is
 *     erased with the tenant
 */
public record PersonalText(String text, @Nullable String person) {

    /** A text about a user of the tenant. */
    public static PersonalText ofUser(String userId, String text) {
        return new PersonalText(text, user(userId));
    }

    /** A text about whoever has this mail address. */
    public static PersonalText ofAddress(String address, String text) {
        return new PersonalText(text, mail(address));
    }

    /** The name of a user of the tenant. */
    public static String user(String userId) {
        return "user:" + userId;
    }

    /** The name of whoever has this mail address. */
    static String mail(String address) {
        return "mail:" + address;
    }
}
