package io.weekly.queue;

import java.time.Instant;

/**
 * A process that works lanes.
 *
 * @param id made when it started, so that a restart on the same host is another worker
 */
public record Worker(String id, String host, Instant startedAt) {}
