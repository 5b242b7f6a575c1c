package io.weekly.api.upload;

import java.util.List;

/** A chunk of an upload: the lines that can be stored, in their order, and those that cannot. */
public record Upload<T>(List<Accepted<T>> accepted, List<Rejection> rejected) {

    /**
     * A line that can be stored.
     *
     * @param line from 1, blank ones counted
     */
    public record Accepted<T>(long line, T item) {}

    /**
     * A line that was not stored.
     *
     * @param line from 1, blank ones counted
     * @param error what is wrong with it
     */
    public record Rejection(long line, String error) {}

    public List<T> items() {
        return accepted.stream().map(Accepted::item).toList();
    }
}
