package io.weekly.delivery.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of Amazon SES, as feedback notifications ({@code notificationType}) or as published events ({@code eventType}). See
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html and
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html. {@link SesBounce} says what bounces mean.
 */
final class SesEvents {

    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_NAMES = 5;
    private static final int MAX_TEXT = 2000;
    private static final String NOT_SENT =
            "Amazon SES did not send the mail: the reader had reported one as spam, and is on the account's suppression list";

    private final JsonNode json;
    private final MailNames mail;
    private final List<InboundEvent> events = new ArrayList<>();
    private final String id;

    private SesEvents(JsonNode json, String id) {
        this.json = json;
        this.id = id;
        this.mail = names(json.path("mail"));
    }

    /**
     * The events; none if it is another message, or one that says nothing about the end of a mail.
     *
     * @param id of the SNS message, the same each time that it is sent
     */
    static List<InboundEvent> of(JsonNode json, String id) {
        return new SesEvents(json, id).read();
    }

    private List<InboundEvent> read() {
        var type = text(json, "notificationType").isEmpty() ? text(json, "eventType") : text(json, "notificationType");
        switch (type) {
            case "Bounce" -> bounces(json.path("bounce"));
            case "Complaint" -> complaints(json.path("complaint"));
            case "Delivery" -> deliveries(json.path("delivery"));
            case "Reject" -> add(
                    Type.BOUNCE, List.of(), reply(null, "Amazon SES rejected the mail: " + text(json.path("reject"), "reason")),
                    ReplyClass.SENDER, null);
            default -> {}
        }
        return events;
    }

    private void bounces(JsonNode bounce) {
        for (var recipient : limited(bounce.path("bouncedRecipients"))) {
            var said = new SesBounce(
                    text(bounce, "bounceType"), text(bounce, "bounceSubType"), text(recipient, "action"), text(recipient, "status"),
                    text(recipient, "diagnosticCode"));
            add(said.type(), addresses(Stream.of(text(recipient, "emailAddress"))), said.reply(), said.known(), at(bounce));
        }
    }

    /**
     * With a sub-type, SES accepted the mail and did not send it, because of an earlier complaint
     * (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Complaint.html). Then the mail did not arrive, as with such a bounce.
     */
    private void complaints(JsonNode complaint) {
        if (SesBounce.isSuppressed(text(complaint, "complaintSubType"))) {
            for (var recipient : limited(complaint.path("complainedRecipients"))) {
                var address = addresses(Stream.of(text(recipient, "emailAddress")));
                add(Type.BOUNCE, address, reply(null, NOT_SENT), ReplyClass.ADDRESS, at(complaint));
            }
            return;
        }
        var kind = text(complaint, "complaintFeedbackType").toLowerCase(Locale.ROOT);
        if (kind.equals("not-spam") || kind.equals("auth-failure")) {
            return;
        }
        var words = "the reader reported it as spam" + (kind.isEmpty() ? "" : " (%s)".formatted(kind));
        for (var recipient : limited(complaint.path("complainedRecipients"))) {
            add(Type.COMPLAINT, addresses(Stream.of(text(recipient, "emailAddress"))), reply(null, words), null, at(complaint));
        }
    }

    private void deliveries(JsonNode delivery) {
        var recipients = limited(delivery.path("recipients")).stream().map(JsonNode::asText);
        add(Type.DELIVERED, addresses(recipients), reply(null, text(delivery, "smtpResponse")), null, at(delivery));
    }

    private void add(Type type, List<String> recipients, MailReply reply, @Nullable ReplyClass known, @Nullable Instant at) {
        events.add(new InboundEvent(Source.SES, id + "#" + events.size(), type, mail, recipients, reply, known, at));
    }

    private static List<String> addresses(Stream<String> texts) {
        return texts.flatMap(text -> ReportedAddress.of(text).stream()).toList();
    }

    private static MailReply reply(@Nullable String status, String text) {
        return new MailReply(Route.PROVIDER, Step.LATER, 0, status, text);
    }

    /** SES replaces the Message-ID, and keeps the other headers if the topic is set up to include them. */
    private static MailNames names(JsonNode mail) {
        var ids = new ArrayList<String>();
        var references = new ArrayList<DeliveryReference>();
        for (var header : mail.path("headers")) {
            switch (text(header, "name").toLowerCase(Locale.ROOT)) {
                case "message-id" -> ids.add(text(header, "value"));
                case "x-weekly-report" -> DeliveryReference.ofText(text(header, "value")).ifPresent(references::add);
                default -> {}
            }
        }
        ids.add(text(mail.path("commonHeaders"), "messageId"));
        ids.removeIf(value -> value.isEmpty() || DeliveryReference.ofMessageId(value).isEmpty() && !value.startsWith("<"));
        var serverId = text(mail, "messageId");
        return new MailNames(
                ids.stream().distinct().limit(MAX_NAMES).toList(),
                references.stream().limit(MAX_NAMES).toList(),
                serverId.isEmpty() ? List.of() : List.of(serverId));
    }

    private static List<JsonNode> limited(JsonNode list) {
        var items = new ArrayList<JsonNode>();
        for (var item : list) {
            if (items.size() == MAX_RECIPIENTS) {
                return items;
            }
            items.add(item);
        }
        return items;
    }

    private static @Nullable Instant at(JsonNode node) {
        try {
            return Instant.parse(text(node, "timestamp"));
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static String text(JsonNode node, String name) {
        var text = node.path(name).isTextual() ? node.path(name).asText() : "";
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
