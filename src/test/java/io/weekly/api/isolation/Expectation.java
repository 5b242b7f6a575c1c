package io.weekly.api.isolation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one operation declares: a line of {@code expectations.txt}.
 *
 * @param operation the operationId of the API description
 * @param cells by the kind of caller
 * @param thing the thing that {@code {id}} is of, see {@link MarkedTenant#thing}; {@code -} if there is none
 */
record Expectation(String operation, Map<Kind, Cell> cells, String thing) {

    private static final List<Kind> KINDS = List.of(Kind.values());

    /**
     * What the callers of one kind get.
     *
     * @param statuses usually one; for blanks one for each id of the path, and none if the path has none
     * @param shows whether the response contains something that only callers of the tenant may see. It proves that the test would notice it
     */
    record Cell(List<Integer> statuses, boolean shows) {

        static Cell parse(String text) {
            var statuses = text.replace("!", "");
            return new Cell(
                    statuses.equals("-") ? List.of() : Arrays.stream(statuses.split("/")).map(Integer::valueOf).toList(),
                    text.endsWith("!"));
        }

        int status() {
            return statuses.getFirst();
        }
    }

    static List<Expectation> all() {
        return Lines.of("expectations.txt").stream().map(Expectation::parse).toList();
    }

    static Expectation of(String operation) {
        return all().stream().filter(it -> it.operation().equals(operation)).findFirst().orElseThrow();
    }

    private static Expectation parse(String line) {
        var words = line.split("\\s+");
        if (words.length != KINDS.size() + 2) {
            throw new AssertionError("expectations.txt: a line has an operation, %d kinds of callers and a thing: %s"
                    .formatted(KINDS.size(), line));
        }
        var cells = new EnumMap<Kind, Cell>(Kind.class);
        KINDS.forEach(kind -> cells.put(kind, Cell.parse(words[1 + kind.ordinal()])));
        return new Expectation(words[0], cells, words[words.length - 1]);
    }

    Cell cell(Kind kind) {
        return cells.get(kind);
    }
}
