package io.weekly.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event with its payload, before it is known how many endpoints get it.
 *
 * @param recipientId the number of the recipient whose user id the payload has; empty if it has none
 * @param body the JSON
 */
record OutgoingEvent(int tenantId, WebhookEvent event, Optional<Long> recipientId, String body) {

    /** An endpoint that gets messages about events. */
    record Subscriber(int tenantId, String tenant, String webhookId, List<WebhookEvent> events) {}

    /** What the payload says about a thing. */
    record Facts(Optional<Long> recipientId, Map<String, Object> data) {}
}
