package io.weekly.source;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Asks over {@code source} whether the data of a definition are there. It only asks; what becomes of the answer is its caller's. */
@ApplicationScoped
public class Readiness {

    private static final Set<String> YES = Set.of("y", "yes", "t", "true");
    private static final Set<String> NO = Set.of("", "n", "no", "f", "false");

    private final Snapshots snapshots;

    Readiness(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Whether the data are there. Also where the definition has nothing to ask: then nobody can say that they are not.
     *
     * @return fails with a {@link DatasetException} where the query is at fault, and otherwise with what the server said
     */
    public Uni<Boolean> ask(Definition definition, DatasetParameters parameters) {
        return definition.readiness().map(it -> ask(definition, it.query(), parameters)).orElseGet(() -> Uni.createFrom().item(true));
    }

    private Uni<Boolean> ask(Definition definition, Dataset query, DatasetParameters parameters) {
        return snapshots.read(definition, List.of(query), parameters)
                .map(figures -> isReady(definition.file(query.name() + ".sql"), figures.datasets().get(query.name())));
    }

    private static boolean isReady(String file, List<Map<String, Object>> rows) {
        if (rows.size() > 1) {
            throw new DatasetException(file, "gave %d rows; a readiness query gives one, or none".formatted(rows.size()), null);
        }
        return rows.size() == 1 && isTrue(file, rows.getFirst().values().iterator().next());
    }

    /** What is neither is told and not guessed: a date that is meant as "loaded until" would count as true for ever. */
    private static boolean isTrue(String file, Object value) {
        return switch (value) {
            case null -> false;
            case Long number -> number != 0;
            case BigDecimal number -> number.signum() != 0;
            case String text when YES.contains(text.strip().toLowerCase(Locale.ROOT)) -> true;
            case String text when NO.contains(text.strip().toLowerCase(Locale.ROOT)) -> false;
            default -> throw new DatasetException(
                    file, "its first column is neither true nor false: a number, Y, N, or NULL is expected", null);
        };
    }
}
