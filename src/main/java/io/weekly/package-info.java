/**
 * Weekly Reports decides which reports are due in the time zone of each tenant, generates them and mails them. It can prove later what
 * happened to each of them. {@code schedule} starts runs, {@code run} creates their reports, {@code queue} holds the jobs, and
 * {@code worker} generates and delivers the reports. {@code audit} records every change.
 *
 * <p>This package starts the process. {@link io.weekly.Main} first checks the settings that have no default. If one is missing or unusable,
 * it prints one line for each of them and does not start the service. If the first argument names one of the {@link io.weekly.Commands},
 * it runs that command and ends. {@link io.weekly.ServiceClock} is the clock of all beans. Times that several processes must agree on come
 * from the clock of the database instead: those of jobs and leases, the worker registry, the send rate, the waits and owner mails of runs,
 * the turns of seals and erasures, and the search of the store.
 */
@NullMarked
package io.weekly;

import org.jspecify.annotations.NullMarked;
