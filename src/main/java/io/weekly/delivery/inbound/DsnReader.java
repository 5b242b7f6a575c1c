package io.weekly.delivery.inbound;

import io.weekly.audit.Sha256;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the events in a message of a mail system: delivery status notifications (RFC 3464, RFC 6533), complaints (RFC 5965), and the plain
 * texts of Exim and qmail. Every other message, such as a vacation notice or the answer of a reader, has no events.
 */
public final class DsnReader {

    private static final int MAX_EVENTS = 50;
    private static final int MAX_NAMES = 10;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");
    private static final Pattern STATUS = Pattern.compile("^[245]\\.\\d{1,3}\\.\\d{1,3}");

    /** A field of Gmail, in the block about the mail. */
    private static final String STATED_ID = "x-original-message-id";

    private DsnReader() {}

    /** The events, in the order of the message; there may be none. Empty if the message cannot be read. */
    public static Optional<List<InboundEvent>> read(byte[] message) {
        return MessageReader.read(message).map(parts -> events(parts, Sha256.hex(message)));
    }

    private static List<InboundEvent> events(MailSystemMessage message, String hash) {
        if (message.status() != null) {
            return statuses(message, hash, message.status());
        }
        if (message.feedback() != null) {
            return complaint(message, hash, message.feedback());
        }
        return TextBounce.read(message)
                .map(bounce -> numbered(hash, bounce.refusals().stream()
                        .map(refusal -> event(
                                Type.BOUNCE, names(message, bounce.returned(), List.of(), List.of()), List.of(refusal.recipient()),
                                reply(Optional.empty(), refusal.text())))
                        .toList()))
                .orElse(List.of());
    }

    private static List<InboundEvent> statuses(MailSystemMessage message, String hash, List<Fields> blocks) {
        var aboutMail = blocks.isEmpty() ? new Fields() : blocks.getFirst();
        var serverIds = Stream.of("x-postfix-queue-id", "original-envelope-id").flatMap(name -> aboutMail.find(name).stream()).toList();
        var returned = message.returned() == null ? new Fields() : message.returned();
        var stated = aboutMail.findAll(STATED_ID);
        var events = new ArrayList<InboundEvent>();
        for (var block : blocks) {
            type(block).ifPresent(type -> events.add(event(
                    type, names(message, returned, stated, serverIds), recipients(block),
                    reply(block.find("status"), block.find("diagnostic-code").orElse("")))));
        }
        return numbered(hash, events);
    }

    /** The block of a recipient has an action (RFC 3464, section 2.3.3); the one about the mail has none. */
    private static Optional<Type> type(Fields block) {
        var action = block.find("action").map(value -> HeaderComments.remove(value).toLowerCase(Locale.ROOT).split("[\\s;]", 2)[0]);
        return action.flatMap(word -> switch (word) {
            case "failed", "failure", "fail" -> Optional.of(Type.BOUNCE);
            case "delayed" -> Optional.of(Type.DEFERRED);
            case "delivered" -> Optional.of(Type.DELIVERED);
            case "relayed", "expanded" -> Optional.of(Type.PASSED_ON);
            default -> Optional.empty();
        });
    }

    /**
     * The final recipient: if an alias or a list passed the mail on, the original one is the alias, which is not what bounced (RFC 3464,
     * section 2.3.2). A final recipient that cannot be read is not ours either, unless it is the name of a mailbox: then the original one
     * says whose it is.
     */
    private static List<String> recipients(Fields block) {
        return block.find("final-recipient")
                .filter(last -> !ReportedAddress.isLocalName(last))
                .map(last -> List.of(ReportedAddress.of(last).orElse(last)))
                .orElseGet(() -> block.find("original-recipient").flatMap(ReportedAddress::of).stream().toList());
    }

    private static MailReply reply(Optional<String> status, String diagnostic) {
        var known = status.flatMap(value -> STATUS.matcher(value).results().map(MatchResult::group).findFirst());
        var text = diagnostic.isEmpty() ? known.map(value -> "status " + value).orElse("no reason given") : diagnostic;
        return new MailReply(Route.DSN, Step.LATER, 0, known.orElse(null), text);
    }

    /** {@code not-spam} takes a complaint back, and {@code auth-failure} (RFC 6591) is about our signatures. */
    private static List<InboundEvent> complaint(MailSystemMessage message, String hash, Fields feedback) {
        var kind = feedback.find("feedback-type").orElse("").toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || kind.equals("not-spam") || kind.equals("auth-failure")) {
            return List.of();
        }
        var recipients = feedback.findAll("original-rcpt-to").stream()
                .flatMap(address -> ReportedAddress.of(address).stream())
                .limit(MAX_NAMES)
                .toList();
        var returned = message.returned() == null ? new Fields() : message.returned();
        var text = "the reader reported it as spam (%s)".formatted(kind);
        return numbered(hash, List.of(event(
                Type.COMPLAINT, names(message, returned, List.of(), feedback.findAll("original-envelope-id")), recipients,
                reply(Optional.empty(), text))));
    }

    /**
     * The mail that the message returns names itself best. Without it, the message states its Message-ID, or says what it answers.
     *
     * @param stated Message-IDs that the message says the mail had
     */
    private static MailNames names(MailSystemMessage message, Fields returned, List<String> stated, List<String> serverIds) {
        var ids = messageIds(returned.findAll("message-id"));
        var references = returned.findAll(DeliveryReference.HEADER.toLowerCase(Locale.ROOT)).stream()
                .flatMap(value -> DeliveryReference.ofText(value).stream())
                .limit(MAX_NAMES)
                .toList();
        return new MailNames(ids.isEmpty() && references.isEmpty() ? named(message, stated) : ids, references, serverIds);
    }

    private static List<String> named(MailSystemMessage message, List<String> stated) {
        var ids = messageIds(stated);
        return ids.isEmpty()
                ? messageIds(Stream.of("in-reply-to", "references").flatMap(name -> message.header().find(name).stream()).toList())
                : ids;
    }

    private static List<String> messageIds(List<String> values) {
        return values.stream()
                .flatMap(value -> MESSAGE_ID.matcher(value).results().map(MatchResult::group))
                .distinct()
                .limit(MAX_NAMES)
                .toList();
    }

    private static InboundEvent event(Type type, MailNames names, List<String> recipients, MailReply reply) {
        return new InboundEvent(Source.DSN, "", type, names, recipients, reply, null, null);
    }

    private static List<InboundEvent> numbered(String hash, List<InboundEvent> events) {
        var numbered = new ArrayList<InboundEvent>();
        for (var event : events.subList(0, Math.min(events.size(), MAX_EVENTS))) {
            numbered.add(event.withId(hash + "#" + numbered.size()));
        }
        return numbered;
    }
}
