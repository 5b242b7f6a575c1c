package io.weekly.api;

import io.weekly.schedule.Period;
import jakarta.validation.constraints.Size;

/**
 * A sample, to the caller's own address.
 *
 * @param period the tenant's last full week by default
 * @param recipient whose report is made; the caller's by default
 * @param tenant for an operator to name
 */
public record TestSend(Period period, @Size(min = 1, max = 128) String recipient, String tenant) {

    static final TestSend OF_THE_CALLER = new TestSend(null, null, null);
}
