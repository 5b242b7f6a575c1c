package io.weekly.api;

import java.util.List;

/** A chunk of an upload: the lines that can be stored, in their order, and those that cannot. */
public record Upload<T>(List<T> items, List<Rejection> rejected) {

    /**
     * A line that was not stored.
     *
     * @param line from 1, blank ones counted
     * @param error what is wrong with it
     */
    public record Rejection(long line, String error) {}
}
