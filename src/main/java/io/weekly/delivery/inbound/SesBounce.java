package io.weekly.delivery.inbound;

import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.ReplyClassifier;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon SES says about a bounce of one recipient
 * (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types). Texts may be empty.
 *
 * <table>
 * <caption>What it means</caption>
 * <tr><td>Permanent, Suppressed or OnAccountSuppressionList</td><td>SES sends nothing to the address any more: about the address</td></tr>
 * <tr><td>Permanent, General or NoEmail</td><td>what the recipient's mail system said; about the address if SES does not say that</td></tr>
 * <tr><td>Permanent, another one</td><td>what the recipient's mail system said</td></tr>
 * <tr><td>Transient, MailboxFull</td><td>a full mailbox</td></tr>
 * <tr><td>Transient, MessageTooLarge, ContentRejected, AttachmentRejected</td><td>too large; about us</td></tr>
 * <tr><td>Transient, CustomTimeoutExceeded</td><td>SES has given up after the time that its user has set: a temporary fault that
 *     lasted</td></tr>
 * <tr><td>Transient, another one; Undetermined</td><td>if the delivery failed: never about the address or a full mailbox, unless
 *     Undetermined with a reply that says so. Else nothing: absent readers cause such events</td></tr>
 * </table>
 *
 * @param bounceType {@code Permanent}, {@code Transient} or {@code Undetermined}
 */
record SesBounce(String bounceType, String subType, String action, String status, String diagnostic) {

    private static final Set<String> DEFINITE = Set.of(
            "MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected", "CustomTimeoutExceeded");
    private static final Set<String> SUPPRESSED = Set.of("Suppressed", "OnAccountSuppressionList");

    /** Whether a bounce or complaint of this sub-type means that the address is on a suppression list, so that SES sent nothing. */
    static boolean isSuppressed(String subType) {
        return SUPPRESSED.contains(subType);
    }

    /** A bounce if SES has given up, and did not get an automatic answer only. */
    Type type() {
        var isBounce = switch (bounceType) {
            case "Permanent" -> true;
            case "Transient" -> DEFINITE.contains(subType) || action.equals("failed");
            default -> !diagnostic.isEmpty() || action.equals("failed");
        };
        return isBounce ? Type.BOUNCE : Type.DEFERRED;
    }

    MailReply reply() {
        var text = diagnostic.isEmpty() ? "Amazon SES: %s bounce (%s)".formatted(bounceType, subType) : diagnostic;
        return new MailReply(Route.PROVIDER, Step.LATER, 0, status.isEmpty() ? null : status, text);
    }

    /** The meaning; null if what the recipient's mail system said has to be classified. */
    @Nullable ReplyClass known() {
        return switch (bounceType) {
            case "Permanent" -> ofPermanent();
            case "Transient" -> ofTransient();
            default -> diagnostic.isEmpty() ? ReplyClass.SENDER : null;
        };
    }

    private @Nullable ReplyClass ofPermanent() {
        if (isSuppressed(subType)) {
            return ReplyClass.ADDRESS;
        }
        return switch (subType) {
            case "General", "NoEmail" -> diagnostic.isEmpty() && (status.isEmpty() || status.equals("5.0.0")) ? ReplyClass.ADDRESS : null;
            default -> null;
        };
    }

    private ReplyClass ofTransient() {
        return switch (subType) {
            case "MailboxFull" -> ReplyClass.MAILBOX_FULL;
            case "MessageTooLarge" -> ReplyClass.TOO_LARGE;
            case "ContentRejected", "AttachmentRejected" -> ReplyClass.SENDER;
            case "CustomTimeoutExceeded" -> ReplyClass.TEMPORARY;
            default -> {
                var said = ReplyClassifier.classify(reply());
                yield said == ReplyClass.ADDRESS || said == ReplyClass.MAILBOX_FULL ? ReplyClass.TEMPORARY : said;
            }
        };
    }
}
