package io.weekly.api;

import io.weekly.tenant.constraint.MailAddress;
import io.weekly.text.EmailAddress;
import jakarta.validation.constraints.NotNull;

/**
 * A request to transfer all schedules of a person to another person.
 *
 * @param from the address of the present owner
 * @param to the address of the new owner
 */
public record ScheduleTransfer(@NotNull @MailAddress String from, @NotNull @MailAddress String to) {

    /** The addresses in the form that is stored. */
    public ScheduleTransfer {
        from = from == null ? null : EmailAddress.normal(from);
        to = to == null ? null : EmailAddress.normal(to);
    }
}
