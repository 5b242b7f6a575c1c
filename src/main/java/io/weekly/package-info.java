/**
 * Weekly Reports: decides which reports are due in each tenant's own time zone, generates them, mails them, and can prove later what
 * happened to each of them. {@code schedule} starts runs, {@code run} turns them into reports, {@code queue} holds the jobs, and
 * {@code worker} generates and delivers. {@code audit} records every change.
 *
 * <p>This package starts the process: {@link io.weekly.Main} checks the settings that have no default before anything else starts, and
 * {@link io.weekly.ServiceClock} is the one clock of all beans.
 */
@NullMarked
package io.weekly;

import org.jspecify.annotations.NullMarked;
