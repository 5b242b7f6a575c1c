package io.weekly.delivery;

import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/** How a dialogue with the mail server ended. The one place that decides what counts as a reply. */
public sealed interface HandOver {

    /** How the client's message begins where the server refused the recipient or the mail itself (Vert.x 4.5, SMTPSendMail). */
    List<String> ABOUT_THE_MAIL = List.of("recipient address not accepted", "DATA command not accepted", "sending data failed");

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

    /** Not now: the server said so (4xx, or 5xx to us rather than to this mail), or could not be reached at all. */
    record Deferred(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "deferred";
        }
    }

    /** Never, for this recipient (5xx to the recipient or the mail). */
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
                return ofReply(reply);
            }
            if (isBeforeTheMail(cause)) {
                return new Deferred("the mail server took no mail: " + cause.getMessage());
            }
        }
        return new Unknown("the dialogue ended without a reply: " + failure);
    }

    /** A 5xx is about this recipient only where the recipient or its mail was refused; an expired password concerns nobody's address. */
    private static HandOver ofReply(SMTPException reply) {
        var aboutThisMail = ABOUT_THE_MAIL.stream().anyMatch(step -> String.valueOf(reply.getMessage()).startsWith(step));
        return reply.getReplyCode() >= 500 && aboutThisMail ? new Rejected(text(reply)) : new Deferred(text(reply));
    }

    /**
     * Whether the server cannot have taken anything: no connection (Netty marks what fails while connecting as "Annotated…"), no
     * encryption, no login, or a mail that the client itself refused to begin.
     */
    private static boolean isBeforeTheMail(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof IllegalArgumentException
                || cause.getClass().getSimpleName().startsWith("Annotated")
                || message.startsWith("STARTTLS required")
                || message.startsWith("login is required");
    }

    private static String text(SMTPException reply) {
        var lines = reply.getReplyMessages();
        return lines == null || lines.isEmpty() ? reply.getMessage() : String.join(" ", lines);
    }
}
