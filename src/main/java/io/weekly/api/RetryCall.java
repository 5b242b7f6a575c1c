package io.weekly.api;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Which failed reports of a run are retried.
 *
 * @param reason the {@code delivery.reason} of reports, such as {@code sender}, or their exact {@code error}; null for all that failed
 */
public record RetryCall(@Size(min = 1, max = 2000) @Nullable String reason) {}
