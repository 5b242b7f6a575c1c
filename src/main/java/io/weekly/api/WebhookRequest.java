package io.weekly.api;

import io.weekly.webhook.EndpointState;
import io.weekly.webhook.WebhookSecret;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The request for an endpoint. The answer to a GET can be sent back: what only the service sets is ignored.
 *
 * @param id of the path; a body may repeat it
 * @param events about which events it gets messages; the five events about faults and runs by default
 * @param enabled whether it gets messages; true by default, which also enables an endpoint that the service has disabled
 * @param secret what signs the messages; by default the service makes one. Only for a new endpoint
 * @param state of the endpoint, ignored as all fields after it
 */
public record WebhookRequest(
        @Nullable String id,
        @NotNull @Size(min = 1, max = 2000) @Schema(examples = "https://hooks.example.com/reports") String url,
        @Size(min = 1, max = 20) @Nullable List<@NotNull @Size(max = 40) String> events,
        @Nullable Boolean enabled,
        @Nullable WebhookSecret secret,
        @Nullable EndpointState state,
        @Nullable Instant previousSecretUntil,
        @Nullable Instant failingSince,
        @Nullable String lastError,
        @Nullable Instant createdAt) {}
