package io.weekly.run;

import org.jspecify.annotations.Nullable;

/** The filter of a list of runs; a null part does not filter. */
public record RunFilter(
        @Nullable String tenant, @Nullable String definition, @Nullable String period, @Nullable RunState state) {

    /** No filter at all. */
    public static final RunFilter NONE = new RunFilter(null, null, null, null);
}
