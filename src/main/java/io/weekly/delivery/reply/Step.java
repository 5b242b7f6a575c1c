package io.weekly.delivery.reply;

/** To which step of SMTP (RFC 5321) a reply belongs, in the order of a dialogue. */
public enum Step {
    CONNECT,
    GREETING,
    EHLO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** The reply to the mail itself. */
    AFTER_DATA,
    /** After the dialogue: delivery status notifications and events of providers. */
    LATER;

    /** Whether the server did not know the recipient yet. Then no reply is about the address. */
    public boolean isBeforeRecipient() {
        return compareTo(RCPT) < 0;
    }
}
