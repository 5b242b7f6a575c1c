package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.text.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's reports of one definition for one period and revision.
 *
 * @param trigger {@code scheduled} or {@code manual}
 * @param due how many reports it has. Grows while the run is enqueuing and is final afterwards. If the run is cancelled while it is
 *     enqueuing, the number is final when the last chunk has been committed
 * @param counts its reports by stored status; they add up to {@code due}
 * @param reportsWithWarnings how many of its reports have warnings
 * @param finishedAt null while the run is open
 * @param reason why no report is due; null if reports are due, or if the number is not final
 * @param warnings what the caller should know about the change that it made; null in all other responses
 * @param etaSeconds estimated seconds until all its reports have ended, rounded up; null if there is no estimate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        String id,
        String tenant,
        String definition,
        String period,
        int revision,
        String trigger,
        RunState state,
        int due,
        Map<String, Integer> counts,
        int reportsWithWarnings,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long etaSeconds,
        @Nullable String reason,
        @Nullable List<Warning> warnings,
        @JsonIgnore int tenantId,
        @JsonIgnore DeliveryMode delivery) {

    /** The same run with its counts and, if it is running, an estimate of its end. */
    Run with(Map<String, Integer> newCounts, int warned, Instant now) {
        var eta = state == RunState.RUNNING ? TimeEstimate.secondsLeft(due, ended(newCounts), Duration.between(startedAt, now)) : null;
        return new Run(
                id, tenant, definition, period, revision, trigger, state, due, newCounts, warned, startedAt, finishedAt, eta, reason,
                warnings, tenantId, delivery);
    }

    /** The same run with warnings for the caller; without the field if there are none. */
    public Run with(List<Warning> found) {
        return new Run(
                id, tenant, definition, period, revision, trigger, state, due, counts, reportsWithWarnings, startedAt, finishedAt,
                etaSeconds, reason, found.isEmpty() ? null : found, tenantId, delivery);
    }

    private int ended(Map<String, Integer> statuses) {
        return statuses.entrySet().stream()
                .filter(count -> ReportStatus.of(count.getKey()).orElseThrow().isEnd(delivery))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
