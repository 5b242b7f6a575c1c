package io.weekly.api;

import jakarta.validation.constraints.NotNull;

/**
 * Whether a lane is to be worked.
 *
 * @param paused true: nothing of it is claimed any more, what runs finishes; false: it goes on
 */
public record LanePause(@NotNull Boolean paused) {}
