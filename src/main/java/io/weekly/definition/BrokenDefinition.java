package io.weekly.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A folder with faults. Other definitions still work. */
public record BrokenDefinition(String name, List<Fault> faults) implements LoadedDefinition {
    /**
     * One fault of one file.
     *
     * @param file its name; {@code *} means the folder
     * @param line from 1; 0 means the whole file
     * @param reason a fragment that follows the file's name, such as {@code is missing}
     */
    public record Fault(String file, int line, String reason) {
        @Override
        public String toString() {
            return file + (line > 0 ? ":" + line : "") + ": " + reason;
        }
    }

    /** All faults in one line, for a log or the API. */
    public String reasons() {
        return faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
    }
}
