package io.weekly.delivery.reply;

import java.util.Locale;

/** What a reply of a mail system is about. It decides what becomes of the report; docs/replies.md has the table. */
public enum ReplyClass {
    /** The address takes no mail, permanently: the report bounces, and the address is suppressed. The only class with this effect. */
    ADDRESS,
    /** The mailbox is full: the mail is tried again until {@code weekly.delivery.defer-for}, then the report fails. */
    MAILBOX_FULL,
    /** A temporary refusal of this mail, for example greylisting: the mail is tried again, like one to a full mailbox. */
    TEMPORARY,
    /** The recipient's domain or our own server refuses us, our sender or what we send, or says nothing clear. No address is at fault. */
    SENDER,
    /** The recipient's domain wants fewer mails from us in a time. */
    DOMAIN_LIMIT,
    /** The mail is larger than a server on its way takes. */
    TOO_LARGE,
    /** The mail server to which the service hands mails over takes none now. */
    SERVICE;

    /** Its name in the database and in JSON, such as {@code mailbox-full}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
