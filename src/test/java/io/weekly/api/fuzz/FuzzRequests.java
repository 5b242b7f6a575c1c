package io.weekly.api.fuzz;

import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests from the API description: most parts of each are right, and a few are wrong. */
final class FuzzRequests {

    private final ApiDocument document;
    private final List<Operation> operations;

    /** By the name of a field or parameter: the values that exist. */
    private final Map<String, List<String>> known;

    /** By role; the key {@code other} has tokens of no role. */
    private final Map<String, List<String>> tokens;

    private final long seed;

    FuzzRequests(ApiDocument document, Map<String, List<String>> known, Map<String, List<String>> tokens, long seed) {
        this.document = document;
        this.operations = document.operations();
        this.known = known;
        this.tokens = tokens;
        this.seed = seed;
    }

    /** The same seed and number make the same request. The order of the calls does not matter. */
    FuzzRequest request(int number) {
        var random = new Random(seed * 1_000_003 + number);
        var operation = operations.get(random.nextInt(operations.size()));
        return new FuzzRequestMaker(document, tokens, number, operation, new FuzzValues(document, random, known)).make();
    }
}
