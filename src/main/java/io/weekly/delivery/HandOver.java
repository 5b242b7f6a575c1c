package io.weekly.delivery;

import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/**
 * How a dialogue with the mail server ended. Only this class interprets replies and failures: whether there was a reply, and whether it is
 * about the mail or about the mail server as a whole.
 */
public sealed interface HandOver {

    /** The client's message begins like this if the server refused the recipient or the mail itself (Vert.x 4.5, SMTPSendMail). */
    List<String> ABOUT_THE_MAIL = List.of("recipient address not accepted", "DATA command not accepted", "sending data failed");

    /** The client's message if the mail is larger than the server allows; it sends nothing then (Vert.x 4.5, SMTPSendMail). */
    String TOO_LARGE = "message exceeds allowed size limit";

    /** The status codes about the mail system as a whole (RFC 3463): 4.3.x, for example a full disk, and 4.4.5, congestion. */
    Pattern ABOUT_THE_SERVICE = Pattern.compile("4\\d\\d[ -]4\\.(?:3\\.\\d|4\\.5)\\b.*", Pattern.DOTALL);

    /** What the end of a dialogue says about the mail server as a whole. */
    enum Sign {
        /** It takes mails, or rejects them permanently. */
        TAKES,
        /** It takes no mails now: there is no connection, no reply, or a reply about the service as a whole. */
        REFUSES,
        /** Nothing: the reply is about one recipient or one mail only, for example greylisting or a full mailbox. */
        NONE
    }

    /** The text of the mail server, or of the failure. */
    String reply();

    /** The name of the outcome in the database and in JSON. */
    String outcome();

    /** What it means for the mails that come next. */
    Sign sign();

    /**
     * The server took the mail.
     *
     * @param reply the server's reply to the mail, often with an id that later bounces have too: {@code 250 2.0.0 Ok: queued as 4QxYz}. All
     *     lines, joined by blanks, bounded, control characters made visible. {@link #NO_REPLY} if it cannot be determined
     */
    record Accepted(String reply) implements HandOver {

        /** The reply to this mail cannot be determined. It is never that to another mail. */
        public static final String NO_REPLY = "accepted";

        @Override
        public String outcome() {
            return "accepted";
        }

        @Override
        public Sign sign() {
            return Sign.TAKES;
        }
    }

    /**
     * The mail may be accepted later: the server replied with 4xx, or with a 5xx that is not about this mail, or it could not be reached.
     */
    record Deferred(String reply, Sign sign) implements HandOver {
        @Override
        public String outcome() {
            return "deferred";
        }
    }

    /** The server refused the recipient or the mail permanently (5xx). */
    record Rejected(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "rejected";
        }

        @Override
        public Sign sign() {
            return Sign.TAKES;
        }
    }

    /** The dialogue began, and no reply says how it ended. */
    record Unknown(String reply) implements HandOver {
        @Override
        public String outcome() {
            return "unknown";
        }

        @Override
        public Sign sign() {
            return Sign.REFUSES;
        }
    }

    /** What a failure of the mail client means for the mail. */
    static HandOver of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException reply && reply.getReplyCode() >= 400) {
                return ofReply(reply);
            }
            if (String.valueOf(cause.getMessage()).startsWith(TOO_LARGE)) {
                return new Rejected("the mail is larger than the mail server takes");
            }
            if (isBeforeTheMail(cause)) {
                // The client refused this mail itself: that says nothing about the server.
                var sign = cause instanceof IllegalArgumentException ? Sign.NONE : Sign.REFUSES;
                return new Deferred("the mail server took no mail: " + cause.getMessage(), sign);
            }
        }
        return new Unknown("the dialogue ended without a reply: " + failure);
    }

    /**
     * A 5xx is about this recipient only if the server refused the recipient or the mail: an expired password has nothing to do with an
     * address. The server refuses a mail that is too large with 552, before it reads the recipient (RFC 1870, 6.1).
     */
    private static HandOver ofReply(SMTPException reply) {
        var aboutThisMail = reply.getReplyCode() == 552
                || ABOUT_THE_MAIL.stream().anyMatch(step -> String.valueOf(reply.getMessage()).startsWith(step));
        if (reply.getReplyCode() >= 500 && aboutThisMail) {
            return new Rejected(text(reply));
        }
        return new Deferred(text(reply), aboutThisMail && !isAboutTheService(reply) ? Sign.NONE : Sign.REFUSES);
    }

    /**
     * 421 closes the connection at any step (RFC 5321, 4.2.1). 454 is a temporary failure of the service (RFC 3207, RFC 4954; Amazon SES).
     */
    private static boolean isAboutTheService(SMTPException reply) {
        var code = reply.getReplyCode();
        return code == 421 || code == 454 || ABOUT_THE_SERVICE.matcher(text(reply)).matches();
    }

    /**
     * Whether the server cannot have taken anything: no connection (Netty calls such failures "Annotated…"), no encryption, no login, or a
     * mail that the client itself refused to send.
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
        return lines == null || lines.isEmpty() ? String.valueOf(reply.getMessage()) : String.join(" ", lines);
    }
}
