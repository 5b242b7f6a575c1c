package io.weekly.webhook;

import java.util.List;

/**
 * What an admin wants of an endpoint, checked.
 *
 * @param url in its normal form ({@link WebhookAddresses#check})
 * @param events at least one
 */
public record WebhookChange(String url, List<WebhookEvent> events, boolean enabled) {}
