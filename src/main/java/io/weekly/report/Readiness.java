package io.weekly.report;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.sqlclient.data.Numeric;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks over {@code source} whether the data of a definition are there. It only asks; what becomes of the answer is its caller's. */
@ApplicationScoped
public class Readiness {

    /** A run asks again and again, so a query that takes longer than this is one that nobody should run so often. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int MOST_OVERDUE = 4;

    private static final Set<String> YES = Set.of("y", "yes", "t", "true");
    private static final Set<String> NO = Set.of("", "n", "no", "f", "false");

    private final Pool source;
    private final AtomicInteger overdue = new AtomicInteger();

    Readiness(@ReactiveDataSource("source") Pool source) {
        this.source = source;
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
        var file = definition.file(query.name() + ".sql");
        return Uni.createFrom()
                .deferred(() -> read(file, query, parameters))
                .onFailure(Datasets::isTheDatasetsFault)
                .transform(failure -> SqlFault.of(file, query, (MySQLException) failure))
                .map(rows -> isReady(file, rows));
    }

    /** Who is not waited for any more keeps its connection until the server has ended it; of those there are few. */
    private Uni<RowSet<Row>> read(String file, Dataset query, DatasetParameters parameters) {
        if (overdue.get() >= MOST_OVERDUE) {
            return Uni.createFrom().failure(new IllegalStateException(
                    "%s was not asked: %d readiness queries that took too long are still under way".formatted(file, overdue.get())));
        }
        var statement = source.preparedQuery(query.statement())
                .execute(parameters.bind(query.parameters()))
                .subscribeAsCompletionStage();
        return Uni.createFrom().completionStage(statement.copy()).ifNoItem().after(TIMEOUT).recoverWithUni(() -> {
            overdue.incrementAndGet();
            statement.whenComplete((rows, failure) -> overdue.decrementAndGet());
            return Uni.createFrom().failure(new IllegalStateException("%s took longer than %d s".formatted(file, TIMEOUT.toSeconds())));
        });
    }

    private static boolean isReady(String file, RowSet<Row> rows) {
        if (rows.size() > 1) {
            throw new DatasetException(file, "gave %d rows; a readiness query gives one, or none".formatted(rows.size()), null);
        }
        return rows.size() == 1 && isTrue(file, rows.iterator().next().getValue(0));
    }

    /** What is neither is told and not guessed: a date that is meant as "loaded until" would count as true for ever. */
    private static boolean isTrue(String file, Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case Numeric number -> !number.isNaN() && number.bigDecimalValue().signum() != 0;
            case Number number -> number.doubleValue() != 0;
            case String text when YES.contains(text.strip().toLowerCase(Locale.ROOT)) -> true;
            case String text when NO.contains(text.strip().toLowerCase(Locale.ROOT)) -> false;
            default -> throw new DatasetException(
                    file, "its first column is neither true nor false: a number, Y, N, or NULL is expected", null);
        };
    }
}
