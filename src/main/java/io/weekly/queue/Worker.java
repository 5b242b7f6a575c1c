package io.weekly.queue;

import java.time.Instant;

/**
 * A process that works lanes.
 *
 * @param id created when the process starts, so a restarted process is a new worker
 */
public record Worker(String id, String host, Instant startedAt) {}
