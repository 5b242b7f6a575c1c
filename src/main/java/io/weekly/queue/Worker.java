package io.weekly.queue;

import java.time.Instant;

/**
 * A process that works lanes.
 *
 * @param id made at the start: after a restart on the same host it is another worker
 */
public record Worker(String id, String host, Instant startedAt) {}
