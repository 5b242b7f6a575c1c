package io.weekly.source;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.SourceConnections;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The datasets of one report as they are read: one connection, one read-only snapshot, one dataset after the other. Used once. */
final class Snapshot {

    // MySQL connections cannot share a snapshot, so all of a report's datasets are read on one.
    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    private static final int INTERRUPTED = 1317;
    private static final String ID = "SELECT CONNECTION_ID()";

    private final SqlConnection connection;
    private final SourceServer server;
    private final Statements statements;
    private final Definition definition;
    private final DatasetParameters parameters;
    private final long deadline;
    private final Map<String, List<Map<String, Object>>> figures = new HashMap<>();
    private long id;
    private Instant asOf;
    private long bytes;
    private Uni<Void> killed = Uni.createFrom().voidItem();
    private boolean lost;

    /** What is the same for all of them. */
    record Statements(SourceConfig config, Duration grace, Clock clock, Killer killer) {}

    /** Ends what a connection asks, over another one. */
    interface Killer {
        Uni<Void> kill(long connection);
    }

    /** @param deadline when all of it has to be read, as {@link System#nanoTime} counts */
    Snapshot(SqlConnection connection, Statements statements, Definition definition, DatasetParameters parameters, long deadline) {
        this.connection = connection;
        this.server = SourceServer.of(connection.getDelegate().databaseMetadata());
        this.statements = statements;
        this.definition = definition;
        this.parameters = parameters;
        this.deadline = deadline;
    }

    Uni<Figures> read(Collection<Dataset> datasets) {
        return answered(connection.query(ID).execute())
                .invoke(rows -> id = rows.iterator().next().getLong(0))
                .invoke(() -> asOf = statements.clock().instant())
                .flatMap(known -> answered(connection.query(BEGIN).execute()))
                .flatMap(begun -> Multi.createFrom()
                        .iterable(datasets)
                        .onItem()
                        .transformToUniAndConcatenate(this::read)
                        .collect()
                        .last())
                .map(done -> new Figures(figures, asOf, bytes))
                .onFailure(DatabaseAwayException::isLostConnection)
                .invoke(() -> lost = true)
                .onTermination()
                .call(this::end);
    }

    /** No server limits what is asked beside the datasets, and one that is frozen or cut off would never answer it. */
    private <T> Uni<T> answered(Uni<T> asked) {
        var left = left();
        return asked.ifNoItem().after((left.isPositive() ? left : Duration.ZERO).plus(statements.grace())).recoverWithUni(() -> {
            lost = true;
            return failed(silent());
        });
    }

    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** Nothing that the definition is to blame for: it is tried again. */
    private static RuntimeException silent() {
        return new IllegalStateException("the source does not answer");
    }

    private Uni<FirstRows> read(Dataset dataset) {
        return Uni.createFrom().deferred(() -> {
            var limit = TimeLimit.of(dataset, statements.config(), left());
            if (!limit.time().isPositive()) {
                return Uni.createFrom().failure(limit.exceeded(definition, dataset));
            }
            return answered(connection.query(server.limits(dataset.rowLimit() + 1L, limit.time())).execute())
                    .flatMap(set -> execute(dataset, limit))
                    .invoke(first -> keep(dataset, first));
        });
    }

    private Uni<FirstRows> execute(Dataset dataset, TimeLimit limit) {
        // The author's own LIMIT is above the dataset's limit: the report has failed, and nobody needs the rest.
        var first = new FirstRows(dataset.rowLimit(), statements.config().maxBytes().asLongValue() - bytes, this::kill);
        var statement = connection.getDelegate()
                .preparedQuery(dataset.statement())
                .collecting(first.collector())
                .execute(parameters.bind(dataset.parameters(), definition.parameters()).getDelegate())
                .map(result -> first);
        return UniHelper.toUni(statement)
                .ifNoItem()
                .after(limit.time().plus(statements.grace()))
                .recoverWithUni(() -> kill().onFailure()
                        .recoverWithNull()
                        .chain(() -> ended(statement))
                        .chain(() -> failed(lost ? silent() : limit.exceeded(definition, dataset))))
                .onFailure(MySQLException.class)
                .transform(failure -> judged((MySQLException) failure, dataset, limit))
                // Whatever else it says: it was cut off in the middle of what is too much.
                .onFailure(failure -> tooMuch(dataset, first).isPresent())
                .transform(failure -> tooMuch(dataset, first).get());
    }

    /** The end waits for it, and gives the connection to nobody else where it failed: it may still come. */
    private Uni<Void> kill() {
        killed = statements.killer().kill(id).memoize().indefinitely();
        killed.subscribe().with(done -> {}, failure ->
                Snapshots.LOG.warnf("what the connection %d of the source asks could not be ended: %s", id, failure));
        return killed;
    }

    /** A connection that hangs though what it asked was killed is given to nobody else, and says nothing of the dataset. */
    private Uni<Void> ended(Future<FirstRows> statement) {
        return UniHelper.toUni(statement)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .ifNoItem()
                .after(Snapshots.PATIENCE)
                .recoverWithUni(() -> {
                    Snapshots.LOG.errorf("the connection %d of the source hangs, though it was killed, and is used no more", id);
                    lost = true;
                    return Uni.createFrom().voidItem();
                });
    }

    private static <T> Uni<T> failed(RuntimeException failure) {
        return Uni.createFrom().failure(failure);
    }

    private Throwable judged(MySQLException failure, Dataset dataset, TimeLimit limit) {
        if (server.tookTooLong(failure.getErrorCode())) {
            return limit.exceeded(definition, dataset);
        }
        return SqlFault.mayPass(failure) ? failure : SqlFault.of(file(dataset), dataset, failure);
    }

    private void keep(Dataset dataset, FirstRows first) {
        tooMuch(dataset, first).ifPresent(tooMuch -> {
            throw tooMuch;
        });
        first.twice().ifPresent(column -> {
            throw new DatasetException(
                    file(dataset), "has two columns %s; give one of them another name (AS …)".formatted(column), null);
        });
        figures.put(dataset.name(), first.rows());
        bytes += first.bytes();
    }

    private Optional<DatasetException> tooMuch(Dataset dataset, FirstRows first) {
        if (first.areTooLarge()) {
            return Optional.of(new DatasetException(
                    file(dataset),
                    "filled the %d bytes that all the datasets of a report may take (weekly.source.max-bytes): it has to read less"
                            .formatted(statements.config().maxBytes().asBigInteger()),
                    null));
        }
        return !first.areTooMany() ? Optional.empty() : Optional.of(new DatasetException(
                file(dataset),
                "gave more rows than its limit of %d; where it is meant to, raise datasets: {%s: {rows: …}} in report.yaml"
                        .formatted(dataset.rowLimit(), dataset.name()),
                null));
    }

    private String file(Dataset dataset) {
        return definition.file(dataset.name() + ".sql");
    }

    /**
     * Nothing was written; this ends the snapshot, whatever became of the datasets, and gives the connection back as it was. One that
     * cannot be is cut: only then has the pool its place again. So is one whose KILL may still come: it would hit whoever has it by then.
     */
    private Uni<Void> end() {
        if (lost) {
            SourceConnections.cut(connection);
            return Uni.createFrom().voidItem();
        }
        return killed.chain(() -> asItWas().ifNoItem().after(Snapshots.PATIENCE).fail())
                .onItemOrFailure()
                .transformToUni((done, failure) -> {
                    if (failure != null) {
                        SourceConnections.cut(connection);
                        return Uni.createFrom().voidItem();
                    }
                    return connection.close();
                });
    }

    private Uni<?> asItWas() {
        return connection.query("ROLLBACK").execute()
                // What was killed when it had just ended: the next statement is interrupted in its place.
                .onFailure(failure -> failure instanceof MySQLException e && e.getErrorCode() == INTERRUPTED)
                .retry()
                .atMost(1)
                .chain(() -> connection.query(server.noLimits()).execute())
                .chain(() -> connection.query(server.nothingKept()).execute());
    }
}
