/**
 * Addresses that get no mail of a tenant, and the choices of readers who have no account.
 *
 * <p><b>Model.</b> A suppression is for one address of one tenant, and for all mail of that tenant to it ({@link
 * io.weekly.delivery.suppression.Suppressions}). A mail system causes it, or a reader through its mail system, or a user of the API. An
 * admin of the tenant lifts it. A stage asks for it before it generates or mails a report; the report then ends as {@code suppressed}.
 *
 * <p>A full mailbox is a soft bounce ({@link io.weekly.delivery.suppression.SoftBounces}). It suppresses the address only after some weeks
 * in a row. A week is the ISO week of the report. A week without a soft bounce ends the row, whether a mail was sent in it or not.
 */
@NullMarked
package io.weekly.delivery.suppression;

import org.jspecify.annotations.NullMarked;
