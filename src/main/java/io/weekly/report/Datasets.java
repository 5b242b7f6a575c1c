package io.weekly.report;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.data.Numeric;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the datasets of a report over {@code source}: one connection, one read-only snapshot, one dataset after the other. */
@ApplicationScoped
public class Datasets {

    // MySQL connections cannot share a snapshot, so all of a report's datasets are read on one.
    private static final String SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

    private final Pool source;
    private final Duration timeout;

    Datasets(@ReactiveDataSource("source") Pool source, SourceConfig config) {
        this.source = source;
        this.timeout = config.timeout();
    }

    /**
     * The rows of each dataset by its name, as {@link ReportPage#of} wants them.
     *
     * @return fails with a {@link DatasetException} where a dataset is at fault, and otherwise with what the server said
     */
    public Uni<Map<String, List<Map<String, Object>>>> read(Definition definition, DatasetParameters parameters) {
        return source.withConnection(connection -> connection
                        .query(SNAPSHOT)
                        .execute()
                        .flatMap(begun -> readAll(connection, definition, parameters))
                        // Nothing was written; this ends the snapshot, whatever became of the datasets.
                        .onTermination()
                        .call(() -> connection.query("ROLLBACK").execute()))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new IllegalStateException(
                        "the datasets of %s took longer than weekly.source.timeout (%s)".formatted(definition.name(), timeout)));
    }

    private static Uni<Map<String, List<Map<String, Object>>>> readAll(
            SqlConnection connection, Definition definition, DatasetParameters parameters) {
        var figures = new LinkedHashMap<String, List<Map<String, Object>>>();
        return Multi.createFrom()
                .iterable(definition.datasets().values())
                .onItem()
                .transformToUniAndConcatenate(dataset -> read(connection, definition, dataset, parameters)
                        .invoke(rows -> figures.put(dataset.name(), rows)))
                .collect()
                .last()
                .replaceWith(figures);
    }

    private static Uni<List<Map<String, Object>>> read(
            SqlConnection connection, Definition definition, Dataset dataset, DatasetParameters parameters) {
        var file = definition.file(dataset.name() + ".sql");
        return connection
                .preparedQuery(dataset.statement())
                .execute(parameters.bind(dataset.parameters()))
                .onFailure(Datasets::isTheDatasetsFault)
                .transform(failure -> SqlFault.of(file, dataset, (MySQLException) failure))
                .map(rows -> {
                    if (rows.size() > dataset.rowLimit()) {
                        throw new DatasetException(
                                file, "gave %d rows, more than its limit of %d".formatted(rows.size(), dataset.rowLimit()), null);
                    }
                    return rows(rows);
                });
    }

    /** SQLSTATE classes 42 (syntax, names, rights), 22 and 21 (data, cardinality): the same again next time. */
    static boolean isTheDatasetsFault(Throwable failure) {
        return failure instanceof MySQLException e
                && e.getSqlState() != null
                && (e.getSqlState().startsWith("42") || e.getSqlState().startsWith("2"));
    }

    private static List<Map<String, Object>> rows(RowSet<Row> rows) {
        var result = new ArrayList<Map<String, Object>>(rows.size());
        for (var row : rows) {
            var values = new LinkedHashMap<String, Object>();
            for (var i = 0; i < row.size(); i++) {
                values.put(row.getColumnName(i).toLowerCase(Locale.ROOT), plain(row.getValue(i)));
            }
            result.add(values);
        }
        return result;
    }

    /** The few types that templates know, whichever the server and its client chose. */
    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Numeric number -> number.isNaN() ? null : number.bigDecimalValue();
            case Double number -> BigDecimal.valueOf(number);
            case Float number -> new BigDecimal(number.toString());
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Boolean flag -> flag ? 1L : 0L;
            case Duration time -> time.toString();
            case Long _, BigDecimal _, String _, LocalDate _, LocalDateTime _ -> value;
            default -> value.toString();
        };
    }
}
