package io.weekly.delivery;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.ext.mail.SMTPException;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.ReplyClassifier;
import io.weekly.delivery.reply.Step;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLHandshakeException;

/**
 * How a dialogue with the mail server ended. Only this class interprets the failures of the mail client: whether there was a reply, at
 * which step, and what it means for the mails that come next. {@link ReplyClassifier} says what a reply is about.
 */
public sealed interface HandOver {

    /** How the client's message begins, by the step at which the server refused (Vert.x 4.5, SMTPSendMail). Others come before MAIL. */
    Map<String, Step> STEPS = Map.of(
            "sender address not accepted", Step.MAIL,
            "recipient address not accepted", Step.RCPT,
            "DATA command not accepted", Step.DATA,
            "sending data failed", Step.AFTER_DATA);

    /** The client's message if the mail is larger than the server allows; it sends nothing then (Vert.x 4.5, SMTPSendMail). */
    String TOO_LARGE = "message exceeds allowed size limit";

    /** What the end of a dialogue says about the mail server as a whole. */
    enum Sign {
        /** It takes mails, or refuses this one permanently. */
        TAKES,
        /** It takes no mails now: there is no connection, no reply, or a reply about the service as a whole. */
        REFUSES,
        /** Nothing: the reply is about one recipient or one mail only, for example greylisting or a full mailbox. */
        NONE
    }

    /** The text of the mail server, or of the failure. */
    String reply();

    /** The name of the outcome in the database and in JSON. */
    default String outcome() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Deferred _, NotTried _, NoSendTime _ -> "deferred";
            case Rejected _, TooLarge _ -> "rejected";
            case Unknown _ -> "unknown";
        };
    }

    /** What it means for the mails that come next. */
    default Sign sign() {
        return switch (this) {
            case Accepted _, Rejected _, TooLarge _ -> Sign.TAKES;
            case Deferred(_, var sign, _) -> sign;
            case NotTried _, NoSendTime _ -> Sign.NONE;
            case Unknown _ -> Sign.REFUSES;
        };
    }

    /** What the reply is about; empty if the mail was accepted, or if there was no reply. */
    default Optional<ReplyClass> reason() {
        return switch (this) {
            case Accepted _, Unknown _, NoSendTime _ -> Optional.empty();
            case Deferred(_, _, var about) -> Optional.of(about);
            case NotTried(_, var about) -> Optional.of(about);
            case Rejected _ -> Optional.of(ReplyClass.ADDRESS);
            case TooLarge _ -> Optional.of(ReplyClass.TOO_LARGE);
        };
    }

    /**
     * The server took the mail.
     *
     * @param reply the server's reply to the mail, often with an id that later bounces have too: {@code 250 2.0.0 Ok: queued as 4QxYz}. All
     *     lines, joined by blanks, bounded, control characters made visible. {@link #NO_REPLY} if it cannot be determined
     */
    record Accepted(String reply) implements HandOver {

        /** The reply to this mail cannot be determined. It is never that to another mail. */
        public static final String NO_REPLY = "accepted";
    }

    /**
     * The mail may be accepted later: the server replied with 4xx, or with a 5xx that is about us and not about the address, or it could
     * not be reached.
     *
     * @param about what the reply is about: no {@link ReplyClass#ADDRESS} and no {@link ReplyClass#TOO_LARGE}
     */
    record Deferred(String reply, Sign sign, ReplyClass about) implements HandOver {

        /** One that is about the mail server. */
        public Deferred(String reply, Sign sign) {
            this(reply, sign, ReplyClass.SERVICE);
        }

        /** Whether the recipient's domain, or a server on the way to it, refused us: five in a row pause this domain. */
        public boolean isRefusalOfSender() {
            return about == ReplyClass.SENDER && sign != Sign.REFUSES;
        }
    }

    /** The address takes no mail, permanently. */
    record Rejected(String reply) implements HandOver {}

    /** The mail is larger than a server takes. A smaller mail, with a link instead of the files, may be accepted. */
    record TooLarge(String reply) implements HandOver {

        /**
         * With both numbers.
         *
         * @param bytes the size of the encoded mail, without what the client adds at the end (a signature of DKIM)
         * @param limit of the mail server (SIZE, RFC 1870), in bytes; empty if it has named none
         */
        TooLarge with(long bytes, OptionalLong limit) {
            var named = limit.isPresent() ? "the mail server takes at most " + limit.getAsLong() : "the mail server names no limit";
            return new TooLarge("%s (the mail has about %d bytes, and %s)".formatted(reply, bytes, named));
        }
    }

    /** There was no dialogue in the time of {@code weekly.delivery.defer-for}, because the recipient's domain is paused or limited. */
    record NotTried(String reply, ReplyClass about) implements HandOver {}

    /** The mail got no send time in time, so the dialogue ended before the mail. */
    record NoSendTime(String reply) implements HandOver {}

    /** The dialogue began, and no reply says how it ended. */
    record Unknown(String reply) implements HandOver {}

    /** What a failure of the mail client means for the mail. */
    static HandOver of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException reply && reply.getReplyCode() >= 400) {
                return ofReply(reply);
            }
            if (String.valueOf(cause.getMessage()).startsWith(TOO_LARGE)) {
                return new TooLarge("the mail is larger than the mail server takes: " + cause.getMessage());
            }
            if (cause instanceof SendTurn.NoTurn) {
                return new NoSendTime("the mail had no send time in time");
            }
            if (isBeforeTheMail(cause)) {
                // The client refused this mail itself: that says nothing about the server.
                var itself = cause instanceof IllegalArgumentException;
                return new Deferred(
                        "the mail server took no mail: " + why(cause),
                        itself ? Sign.NONE : Sign.REFUSES,
                        itself ? ReplyClass.TEMPORARY : ReplyClass.SERVICE);
            }
        }
        return new Unknown("the dialogue ended without a reply: " + failure);
    }

    /** With the first cause: "Failed to create SSL connection" alone does not say what to mend. */
    private static String why(Throwable failure) {
        var first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        var said = String.valueOf(failure.getMessage());
        return first == failure || first.getMessage() == null ? said : said + ": " + first.getMessage();
    }

    private static HandOver ofReply(SMTPException failure) {
        var step = STEPS.entrySet().stream()
                .filter(known -> String.valueOf(failure.getMessage()).startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Step.GREETING);
        var text = text(failure);
        var about = ReplyClassifier.classify(MailReply.ofDialogue(step, failure.getReplyCode(), List.of(text)));
        return switch (about) {
            case ADDRESS -> new Rejected(text);
            case TOO_LARGE -> new TooLarge(text);
            case SERVICE -> new Deferred(text, Sign.REFUSES, about);
            case SENDER -> new Deferred(
                    text, ReplyClassifier.isOfOurServer(step, failure.getReplyCode()) ? Sign.REFUSES : Sign.TAKES, about);
            case MAILBOX_FULL, TEMPORARY, DOMAIN_LIMIT -> new Deferred(text, Sign.NONE, about);
        };
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
                // The client does not read the reply to STARTTLS. If it is no "220", the bytes after it are not TLS.
                || cause instanceof NotSslRecordException
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
