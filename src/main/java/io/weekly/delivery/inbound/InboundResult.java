package io.weekly.delivery.inbound;

import java.util.Locale;

/** What became of an event. */
public enum InboundResult {
    /** It changed something: a report, a suppression, or the count of full mailboxes. */
    APPLIED,
    /** It was received before. */
    REPEATED,
    /** No mail of this service has such a name, or its data were erased. */
    UNKNOWN_MAIL,
    /** Its names belong to different mails. */
    CONTRADICTORY,
    /** It is about another recipient than the one of the mail. */
    OTHER_RECIPIENT,
    /** It says nothing definite. */
    NOTHING_TO_DO,
    /** Another event, or the mail server, has said before how the mail ended. */
    DECIDED,
    /** The mail is being sent at this moment. The sender has to send the event again. */
    TOO_EARLY;

    /** Its name in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
