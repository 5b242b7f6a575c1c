package io.weekly.api.isolation;

import io.weekly.testing.ApiDocument.Operation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one operation declares: a line of {@code expectations.txt}.
 *
 * @param operation the operationId of the API description
 * @param cells by the kind of caller
 * @param isForEveryone whether the operation needs no token, so that tokens change nothing
 * @param blanks the status for each variable of the path, if there are blanks at the ends of its value
 * @param thing the thing that {@code {id}} is of, see {@link MarkedTenant#thing}; {@code -} if there is none
 */
record Expectation(String operation, Map<Kind, Cell> cells, boolean isForEveryone, List<Integer> blanks, String thing) {

    private static final String FILE = "expectations.txt";
    private static final String EVERYONE = "everyone";
    private static final List<Expectation> ALL = Lines.of(FILE).stream().map(Expectation::parse).toList();

    /** What the callers of one kind get. */
    record Cell(int status, Shown shown) {

        static Cell parse(String text) {
            var shown = text.endsWith("!") ? Shown.YES : text.endsWith("?") ? Shown.MAYBE : Shown.NO;
            return new Cell(Integer.parseInt(text.replaceAll("[!?]$", "")), shown);
        }
    }

    /** Whether the response contains something that only callers of the first tenant may see. */
    enum Shown {
        YES,
        MAYBE,
        NO
    }

    static List<Expectation> all() {
        return ALL;
    }

    static Expectation of(String operation) {
        return ALL.stream().filter(it -> it.operation().equals(operation)).findFirst()
                .orElseThrow(() -> new AssertionError("%s has no line for %s".formatted(FILE, operation)));
    }

    private static Expectation parse(String line) {
        var words = List.of(line.split("\\s+"));
        var isForEveryone = words.size() > 1 && words.get(1).equals(EVERYONE);
        var columns = isForEveryone ? 2 : Kind.columns().size();
        if (words.size() != columns + 3) {
            throw new AssertionError("%s: a line has an operation, %s, blanks and a thing: %s".formatted(
                    FILE, Kind.columns().stream().map(Kind::column).toList(), line));
        }
        var cells = isForEveryone
                ? cells(_ -> Cell.parse(words.get(2)))
                : cells(kind -> kind.side() == Kind.Side.NOBODY
                        ? new Cell(kind.refusal(), Shown.NO)
                        : Cell.parse(words.get(1 + Kind.columns().indexOf(kind))));
        return new Expectation(words.getFirst(), cells, isForEveryone, statuses(words.get(columns + 1)), words.getLast());
    }

    private static Map<Kind, Cell> cells(Function<Kind, Cell> cell) {
        return Arrays.stream(Kind.values()).collect(Collectors.toMap(it -> it, cell, (a, _) -> a, () -> new EnumMap<>(Kind.class)));
    }

    private static List<Integer> statuses(String word) {
        return word.equals("-") ? List.of() : Arrays.stream(word.split("/")).map(Integer::valueOf).toList();
    }

    Cell cell(Kind kind) {
        return cells.get(kind);
    }

    /**
     * A line for an operation that has none, as strict as its roles and its path permit. The matrix then says where the service answers
     * otherwise.
     */
    static String proposed(Operation operation) {
        var variables = Call.variables(operation);
        var blanks = variables.isEmpty() ? "-" : String.join("/", variables.stream().map(_ -> "404").toList());
        var thing = variables.contains("id") ? "the-thing-of-{id}" : "-";
        var success = operation.json().get("responses").propertyStream().map(Map.Entry::getKey).filter(it -> it.startsWith("2")).findFirst()
                .orElse("200");
        if (operation.roles().isEmpty()) {
            return "%s %s %s %s %s".formatted(operation.id(), EVERYONE, success, blanks, thing);
        }
        var columns = Kind.columns().stream().map(kind -> proposed(operation, kind, success)).collect(Collectors.joining(" "));
        return "%s %s %s %s".formatted(operation.id(), columns, blanks, thing);
    }

    private static String proposed(Operation operation, Kind kind, String success) {
        var variables = Call.variables(operation);
        if (kind.side() == Kind.Side.FOREIGN && variables.contains("slug")) {
            return "404";
        }
        if (!operation.roles().contains(kind.role())) {
            return "403";
        }
        var isOfAnother = variables.contains("id") && (kind.side() == Kind.Side.FOREIGN || kind == Kind.COLLEAGUE);
        return isOfAnother ? "404" : success;
    }
}
