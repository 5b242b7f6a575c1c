package io.weekly.delivery.inbound;

import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.ReplyClassifier;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a mail system says about one mail to one recipient, after the mail server took it.
 *
 * @param id names the event within its source; a repeated event has the same
 * @param mail the names by which the mail can be found
 * @param recipients the addresses that the event is about, as the mail system writes them; empty if it does not say
 * @param reply what the mail system said; its text may be empty
 * @param known the meaning, if the source names it in words of its own; else null, and the reply is classified
 * @param at when it happened; null if the source does not say
 */
public record InboundEvent(
        Source source,
        String id,
        Type type,
        MailNames mail,
        List<String> recipients,
        MailReply reply,
        @Nullable ReplyClass known,
        @Nullable Instant at) {

    /** The same event with this id. */
    InboundEvent withId(String other) {
        return new InboundEvent(source, other, type, mail, recipients, reply, known, at);
    }

    /** What it means. Every bounce has a meaning. */
    public ReplyClass meaning() {
        return known != null ? known : ReplyClassifier.classify(reply);
    }

    /** Where it came from. */
    public enum Source {
        SES,
        DSN,
        GENERIC;

        /** The name in the audit trail. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happened. */
    public enum Type {
        /** The mail did not arrive, and nobody tries again. */
        BOUNCE,
        /** The reader marked the mail as spam. */
        COMPLAINT,
        /** The mail system of the recipient took the mail. */
        DELIVERED,
        /** A mail system passed the mail on to another one that does not report (RFC 3464, section 2.3.3). It may not have arrived. */
        PASSED_ON,
        /** The mail did not arrive yet, and a mail system tries again. */
        DEFERRED;

        /** The type with this name in JSON; empty if there is none. */
        public static Optional<Type> of(String text) {
            return switch (text) {
                case "bounce" -> Optional.of(BOUNCE);
                case "complaint" -> Optional.of(COMPLAINT);
                case "delivered" -> Optional.of(DELIVERED);
                case "deferred" -> Optional.of(DEFERRED);
                default -> Optional.empty();
            };
        }
    }

    /**
     * The names of a mail, each list without blanks and with a few entries at most.
     *
     * @param messageIds Message-IDs
    * @param references values of the header {@code X-Weekly-Report}
     * @param serverIds ids that a mail server may have given the mail
     */
    public record MailNames(List<String> messageIds, List<DeliveryReference> references, List<String> serverIds) {}
}
