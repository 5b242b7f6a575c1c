package io.weekly.delivery.reply;

/** Who says what became of a mail. */
public enum Route {
    /** The mail server to which the service hands mails over, in the SMTP dialogue. */
    DIALOGUE,
    /** A delivery status notification (RFC 3464) that came later. */
    DSN,
    /** An event of a mail provider that came later, for example of Amazon SES through SNS. */
    PROVIDER
}
