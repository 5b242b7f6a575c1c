package io.weekly.api;

import io.weekly.webhook.WebhookSecret;
import org.jspecify.annotations.Nullable;

/**
 * The request for a new secret of an endpoint.
 *
 * @param secret the new secret; null if the service is to make one
 */
public record WebhookSecretRequest(@Nullable WebhookSecret secret) {}
