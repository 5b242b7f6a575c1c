package io.weekly.testing;

import io.weekly.report.Report;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events of Amazon SES about mails of reports. */
public final class SesEvents {

    private SesEvents() {}

    /**
     * A bounce of the mail.
     *
     * @param format the field with the kind of the event: {@code eventType} or {@code notificationType}
     * @param said what the event has about the recipient beside its address
     */
    public static Map<String, Object> bounce(String format, Report report, String type, String subType, Map<String, String> said) {
        var recipient = new HashMap<String, String>(said);
        recipient.put("emailAddress", report.delivery().to());
        var bounce = Map.of(
                "bounceType", type, "bounceSubType", subType, "bouncedRecipients", List.of(recipient),
                "timestamp", Instant.now().toString(), "feedbackId", UUID.randomUUID().toString());
        return Map.of(format, "Bounce", "bounce", bounce, "mail", mail(report));
    }

    /** The mail in an event: SES has its own Message-ID, and the header of the report among those that the topic includes. */
    public static Map<String, Object> mail(Report report) {
        return Map.of(
                "messageId", "0102" + UUID.randomUUID(),
                "destination", List.of(report.delivery().to()),
                "headers", List.of(
                        Map.of("name", "Message-ID", "value", "<0102@eu-west-1.amazonses.com>"),
                        Map.of("name", "X-Weekly-Report", "value", report.id() + ".1")));
    }
}
