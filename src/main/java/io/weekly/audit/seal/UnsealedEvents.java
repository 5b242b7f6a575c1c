package io.weekly.audit.seal;

import org.jspecify.annotations.Nullable;

/**
 * The events after the last seal.
 *
 * @param oldestMicros the time of the first of them, in microseconds since 1970; null if there is none
 */
record UnsealedEvents(long count, @Nullable Long oldestMicros) {}
