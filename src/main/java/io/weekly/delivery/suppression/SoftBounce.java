package io.weekly.delivery.suppression;

import java.time.Instant;

/**
 * A week in which the mailbox of an address was full.
 *
 * @param address in its normal form
 * @param period the ISO week of the report, {@code 2026-W47}
 * @param at when a mail system said so
 */
public record SoftBounce(String address, String period, Instant at) {}
