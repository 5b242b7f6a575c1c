package io.weekly.api.upload;

import java.util.List;

/** A chunk of an upload: the valid lines in their order, and the rejected ones. */
public record Upload<T>(List<Accepted<T>> accepted, List<Rejection> rejected) {

    /**
     * A valid line.
     *
     * @param line its number from 1, blank lines included
     */
    public record Accepted<T>(long line, T item) {}

    /**
     * A rejected line.
     *
     * @param line its number from 1, blank lines included
     * @param error what is wrong with it
     */
    public record Rejection(long line, String error) {}

    /** The items of the valid lines. */
    public List<T> items() {
        return accepted.stream().map(Accepted::item).toList();
    }
}
