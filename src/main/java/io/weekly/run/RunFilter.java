package io.weekly.run;

/** What a list of runs is narrowed to; null is everything. */
public record RunFilter(String tenant, String definition, String period, RunState state) {

    /** No filter at all. */
    public static final RunFilter NONE = new RunFilter(null, null, null, null);
}
