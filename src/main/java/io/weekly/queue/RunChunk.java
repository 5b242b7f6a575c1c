package io.weekly.queue;

/**
 * Some of a run's reports, by a range of their recipients.
 *
 * @param held whether their jobs wait for somebody to let them go
 * @param reports how many there are
 * @param after recipients with a greater id than this …
 * @param upTo … up to and with this one
 */
public record RunChunk(
        int tenantId,
        String runId,
        String definition,
        String period,
        int revision,
        int windowMinutes,
        boolean held,
        int reports,
        long after,
        long upTo) {}
