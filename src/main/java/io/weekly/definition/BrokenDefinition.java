package io.weekly.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A folder that is no definition yet, with everything that is wrong with it. It stops no other. */
public record BrokenDefinition(String name, List<Fault> faults) implements LoadedDefinition {
    /** {@code line} is 0 where the whole file is meant. */
    public record Fault(String file, int line, String reason) {
        @Override
        public String toString() {
            return file + (line > 0 ? ":" + line : "") + ": " + reason;
        }
    }

    /** All reasons in one line, for a log or an API. */
    public String reasons() {
        return faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
    }
}
