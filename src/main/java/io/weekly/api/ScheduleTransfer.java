package io.weekly.api;

import io.weekly.tenant.constraint.MailAddress;
import jakarta.validation.constraints.NotNull;

/**
 * A request to hand all schedules of a person to another one.
 *
 * @param from the address of the owner until now
 * @param to the address of the owner from now on
 */
public record ScheduleTransfer(@NotNull @MailAddress String from, @NotNull @MailAddress String to) {}
