package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * One tenant's reports of one definition for one period and revision.
 *
 * @param trigger {@code scheduled} or {@code manual}
 * @param due how many reports it has; grows while it is enqueuing, frozen after that
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
        @JsonIgnore int tenantId) {}
