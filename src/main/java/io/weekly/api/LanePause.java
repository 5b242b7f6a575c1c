package io.weekly.api;

import jakarta.validation.constraints.NotNull;

/**
 * Pauses or resumes a lane.
 *
 * @param paused true: workers claim no more jobs of the lane, and running jobs finish; false: workers claim again
 */
public record LanePause(@NotNull Boolean paused) {}
