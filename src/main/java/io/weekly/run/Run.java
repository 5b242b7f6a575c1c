package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One tenant's reports of one definition for one period and revision.
 *
 * @param trigger {@code scheduled} or {@code manual}
 * @param due how many reports it has; grows while it is enqueuing, frozen after that; of one that is cancelled meanwhile, when the chunk under way is written
 * @param etaSeconds until the last of its reports has ended, at the pace so far, rounded up; null where nobody can tell
 * @param counts its reports by stored status; they add up to {@code due}
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
        Instant startedAt,
        Instant finishedAt,
        Long etaSeconds,
        @JsonIgnore int tenantId,
        @JsonIgnore DeliveryMode delivery) {

    Run withEta(Instant now) {
        var eta = state == RunState.RUNNING ? Pace.secondsLeft(due, ended(), Duration.between(startedAt, now)) : null;
        return new Run(
                id, tenant, definition, period, revision, trigger, state, due, counts, startedAt, finishedAt, eta, tenantId, delivery);
    }

    private int ended() {
        return counts.entrySet().stream()
                .filter(count -> ReportStatus.of(count.getKey()).orElseThrow().isEnd(delivery))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
