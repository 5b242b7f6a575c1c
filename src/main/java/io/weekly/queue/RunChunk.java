package io.weekly.queue;

/**
 * A part of the reports of a run: a range of their recipients.
 *
 * @param held whether their jobs wait until the run is released: its data are ready, or somebody approves it
 * @param reports the number of reports in the chunk
 * @param after the range begins after this recipient id
 * @param upTo the range ends with this recipient id
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
