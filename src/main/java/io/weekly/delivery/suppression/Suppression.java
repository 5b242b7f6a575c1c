package io.weekly.delivery.suppression;

import java.time.Instant;

/**
 * An address that gets no mail of a tenant, as stored and as the API returns it.
 *
 * @param address in its normal form ({@link NormalAddress})
 * @param reason the latest, or the latest of a person ({@link SuppressionReason#isDecision})
 * @param detail what the mail system or the person said; may be empty
 * @param count how many times there was a reason
 * @param firstAt the first time
 * @param lastAt the latest time
 */
public record Suppression(String id, String address, SuppressionReason reason, String detail, int count, Instant firstAt, Instant lastAt) {}
