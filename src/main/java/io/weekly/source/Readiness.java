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
import org.jspecify.annotations.Nullable;

/** Runs the readiness query of a definition. It only returns the answer; the caller decides what to do. */
@ApplicationScoped
public class Readiness {

    private static final Set<String> YES = Set.of("y", "yes", "t", "true");
    private static final Set<String> NO = Set.of("", "n", "no", "f", "false");

    private final Snapshots snapshots;

    Readiness(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Whether the data are complete. Always true if the definition has no readiness query.
     *
     * @return fails with a {@link DatasetException} if the query has a fault, and with another exception if trying again may help
     */
    public Uni<Boolean> ask(Definition definition, DatasetParameters parameters) {
        return definition.readiness().map(it -> ask(definition, it.query(), parameters)).orElseGet(() -> Uni.createFrom().item(true));
    }

    private Uni<Boolean> ask(Definition definition, Dataset query, DatasetParameters parameters) {
        return snapshots.read(definition, List.of(query), parameters)
                .map(figures -> isReady(definition.file(query.name() + ".sql"), figures.datasets().getOrDefault(query.name(), List.of())));
    }

    private static boolean isReady(String file, List<Map<String, Object>> rows) {
        if (rows.size() > 1) {
            throw new DatasetException(
                    file, "returned %d rows; a readiness query must return one row or none".formatted(rows.size()), null);
        }
        return rows.size() == 1 && isTrue(file, rows.getFirst().values().iterator().next());
    }

    /** Refuses values that are neither true nor false. Otherwise a date that means "loaded until" would always count as true. */
    private static boolean isTrue(String file, @Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Long number -> number != 0;
            case BigDecimal number -> number.signum() != 0;
            case String text when YES.contains(text.strip().toLowerCase(Locale.ROOT)) -> true;
            case String text when NO.contains(text.strip().toLowerCase(Locale.ROOT)) -> false;
            default -> throw new DatasetException(
                    file, "its first column is neither true nor false; return a number, Y, N or NULL", null);
        };
    }
}
