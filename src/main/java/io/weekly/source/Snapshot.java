package io.weekly.source;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.database.DatabaseFault;
import io.weekly.database.ResultColumns;
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
import java.util.Set;
import java.util.function.Consumer;

/** Reads the datasets of one report: over one connection, in one read-only snapshot, one after the other. An instance is used once. */
final class Snapshot {

    // MySQL connections cannot share a snapshot, so one connection reads all datasets of a report.
    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    private static final int INTERRUPTED = 1317;
    private static final String ID = "SELECT CONNECTION_ID()";

    private final SqlConnection connection;
    private final SourceServer server;
    private final ResultColumns columns;
    private final Statements statements;
    private final Definition definition;
    private final DatasetParameters parameters;
    private final long deadline;
    private final Map<String, List<Map<String, Object>>> figures = new HashMap<>();
    private final Map<String, Set<String>> years = new HashMap<>();
    private long id;
    private Instant asOf = Instant.EPOCH;
    private long bytes;
    private Uni<Void> killed = Uni.createFrom().voidItem();
    private boolean begun;
    /** Fails the dataset that is being read. */
    private Consumer<UnreadableValueException> unreadable = _ -> {};
    /** Whether no statement may run on the connection any more. The client's own thread changes it too. */
    private volatile boolean lost;

    /** What all snapshots share. {@code grace} is how long to wait for the server to end a statement by itself. */
    record Statements(SourceConfig config, Duration grace, Clock clock, Killer killer) {}

    /** Ends the statement of a connection, over another connection. */
    interface Killer {
        Uni<Void> kill(long connection);
    }

    /** @param deadline when everything must be read, in {@link System#nanoTime} */
    Snapshot(SqlConnection connection, Statements statements, Definition definition, DatasetParameters parameters, long deadline) {
        this.connection = connection;
        this.server = SourceServer.of(connection.getDelegate().databaseMetadata());
        this.columns = ResultColumns.readExactly(connection);
        this.statements = statements;
        this.definition = definition;
        this.parameters = parameters;
        this.deadline = deadline;
    }

    Uni<Figures> read(Collection<Dataset> datasets) {
        connection.exceptionHandler(this::failedToRead);
        return answered(connection.query(ID).execute())
                .invoke(rows -> id = rows.iterator().next().getLong(0))
                .invoke(() -> asOf = statements.clock().instant())
                .flatMap(_ -> answered(connection.query(BEGIN).execute()))
                .invoke(() -> begun = true)
                .flatMap(_ -> Multi.createFrom()
                        .iterable(datasets)
                        .onItem()
                        .transformToUniAndConcatenate(this::read)
                        .collect()
                        .last())
                .map(_ -> new Figures(figures, years, asOf, bytes))
                // A new connection may reach a server that works, or have the rights that the user got in the meantime.
                .onFailure(failure -> DatabaseFault.of(failure).isPresent())
                .invoke(() -> lost = true)
                .onTermination()
                .call(this::end);
    }

    /** Whether the source has begun the snapshot. Before that, no dataset can be at fault. */
    boolean hasBegun() {
        return begun;
    }

    /** Adds a timeout. The server limits only the datasets, and a frozen or disconnected server would never answer the other statements. */
    private <T> Uni<T> answered(Uni<T> statement) {
        var left = left();
        return statement.ifNoItem().after((left.isPositive() ? left : Duration.ZERO).plus(statements.grace())).recoverWithUni(() -> {
            lost = true;
            return failed(noAnswer());
        });
    }

    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** Not a fault of the definition, so the report is tried again. */
    private static RuntimeException noAnswer() {
        return new IllegalStateException("the source does not answer");
    }

    private Uni<BoundedRows> read(Dataset dataset) {
        return Uni.createFrom().deferred(() -> {
            var limit = TimeLimit.of(dataset, statements.config(), left());
            if (!limit.time().isPositive()) {
                return Uni.createFrom().failure(limit.exceeded(definition, dataset));
            }
            var faults = new DatasetFaults(definition, dataset, server, limit, statements.config().maxBytes().asLongValue());
            return answered(connection.query(server.limits(dataset.rowLimit() + 1L, limit.time())).execute())
                    .flatMap(_ -> execute(dataset, limit, faults))
                    .invoke(rows -> keep(dataset, rows, faults));
        });
    }

    private Uni<BoundedRows> execute(Dataset dataset, TimeLimit limit, DatasetFaults faults) {
        // If the server sends much more than allowed, the dataset has failed and the rest is useless: kill the statement.
        var rows = new BoundedRows(
                dataset.rowLimit(), statements.config().maxBytes().asLongValue() - bytes, columns::type, this::kill);
        var statement = connection.getDelegate()
                .preparedQuery(dataset.statement())
                .collecting(rows.collector())
                .execute(parameters.bind(dataset.parameters(), definition.parameters()).getDelegate())
                .map(_ -> rows);
        var result = Promise.<BoundedRows>promise();
        unreadable = result::tryFail;
        statement.onComplete(ended -> {
            if (ended.succeeded()) {
                result.tryComplete(rows);
            } else {
                result.tryFail(ended.cause());
            }
        });
        return UniHelper.toUni(result.future())
                .ifNoItem()
                .after(limit.time().plus(statements.grace()))
                .recoverWithUni(() -> kill().onFailure()
                        .recoverWithNull()
                        .chain(() -> ended(statement))
                        .chain(() -> failed(lost ? noAnswer() : limit.exceeded(definition, dataset))))
                .onFailure()
                .transform(failure -> faults.of(failure, rows));
    }

    /**
     * The client throws if it cannot read what the server sends. It then drops the row and counts the connection as closed, but ends the
     * statement as if nothing had happened. So the dataset fails here, at once.
     */
    private void failedToRead(Throwable failure) {
        lost = true;
        if (DatabaseFault.isLostConnection(failure)) {
            return; // the statement fails by itself
        }
        Snapshots.LOG.errorf(failure, "the client could not read a value of %s", definition.name());
        unreadable.accept(new UnreadableValueException(failure));
    }

    /** Kills the statement. {@link #end} waits for the KILL. If the KILL failed, the connection is closed, because it may still come. */
    private Uni<Void> kill() {
        killed = statements.killer().kill(id).memoize().indefinitely();
        killed.subscribe().with(_ -> {}, failure ->
                Snapshots.LOG.warnf("The statement of the source's connection %d could not be killed: %s", id, failure));
        return killed;
    }

    /** Waits until a killed statement ends. If it does not, the connection is closed, and the dataset is not at fault. */
    private Uni<Void> ended(Future<BoundedRows> statement) {
        return UniHelper.toUni(statement)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .ifNoItem()
                .after(Snapshots.KILL_TIMEOUT)
                .recoverWithUni(() -> {
                    Snapshots.LOG.errorf(
                            "The statement of the source's connection %d did not end after KILL. The connection is closed.", id);
                    lost = true;
                    return Uni.createFrom().voidItem();
                });
    }

    private static <T> Uni<T> failed(RuntimeException failure) {
        return Uni.createFrom().failure(failure);
    }

    private void keep(Dataset dataset, BoundedRows rows, DatasetFaults faults) {
        faults.of(rows, columns.rows()).ifPresent(fault -> {
            throw fault;
        });
        figures.put(dataset.name(), rows.rows());
        years.put(dataset.name(), rows.years());
        bytes += rows.bytes();
    }

    /**
     * Ends the snapshot and returns the connection to the pool in its original state. If that fails, the connection is closed, so that the
     * pool can open another one. The connection is also closed if a KILL may still arrive, because it would end the statement of the next
     * report.
     */
    private Uni<Void> end() {
        if (lost) {
            SourceConnections.cut(connection);
            return Uni.createFrom().voidItem();
        }
        return killed.chain(() -> reset().ifNoItem().after(Snapshots.KILL_TIMEOUT).fail())
                .onItemOrFailure()
                .transformToUni((_, failure) -> {
                    if (failure != null) {
                        SourceConnections.cut(connection);
                        return Uni.createFrom().voidItem();
                    }
                    return connection.close();
                });
    }

    private Uni<?> reset() {
        return SourceConnections.reset(connection)
                // If the KILL came just after the statement had ended, it interrupts this statement instead.
                .onFailure(failure -> failure instanceof MySQLException e && e.getErrorCode() == INTERRUPTED)
                .retry()
                .atMost(1);
    }
}
