package io.weekly.delivery;

import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** How a dialogue with the mail server ended. The one place that decides what counts as a reply. */
public sealed interface HandOver {

    /** In the words of the mail server, or of the failure. */
    String reply();

    /** The name of the outcome in the database and in JSON. */
    String outcome();

    /** The server has taken it. */
    record Accepted(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "accepted";
        }
    }

    /** Not now: the server said so (4xx), or could not be reached at all. */
    record Deferred(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "deferred";
        }
    }

    /** Never, for this recipient (5xx). */
    record Rejected(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "rejected";
        }
    }

    /** The dialogue began and no reply tells its end. */
    record Unknown(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "unknown";
        }
    }

    /** What a failure of the mail client means. */
    static HandOver of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException reply && reply.getReplyCode() >= 400) {
                return ofReply(reply.getReplyCode(), text(reply));
            }
            // Netty's refused and timed-out connects are ConnectExceptions too: nothing was said to the server yet.
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new Deferred("the mail server could not be reached: " + cause.getMessage());
            }
        }
        return new Unknown("the dialogue ended without a reply: " + failure);
    }

    private static HandOver ofReply(int code, String text) {
        return code < 500 ? new Deferred(text) : new Rejected(text);
    }

    private static String text(SMTPException reply) {
        var lines = reply.getReplyMessages();
        return lines == null || lines.isEmpty() ? reply.getMessage() : String.join(" ", lines);
    }
}
