package io.weekly.source;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import io.weekly.definition.DurationText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.jboss.logging.Logger;

/**
 * Reads datasets from the source, each time in a new snapshot. If the caller cancels, the reading continues, because a connection can
 * return to the pool only when its statement has ended. If a statement does not end, or a connection does not answer, the connection is
 * closed.
 *
 * <p>Trap: after a connection was lost, a query on it never ends. So no statement runs on it, not even to clean up. The pool has already
 * removed it.
 */
@ApplicationScoped
class Snapshots {

    static final Logger LOG = Logger.getLogger(Snapshots.class);
    /** How long KILL may take, and how long a killed statement may take to end. */
    static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);
    /**
     * The server ends a statement that exceeds its time limit. If it does not, this process kills the statement after this additional time.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Pool source;
    private final SourceConfig config;
    private final Snapshot.Statements statements;

    @Inject
    Snapshots(@ReactiveDataSource("source") Pool source, SourceConfig config, Clock clock) {
        this(source, config, clock, GRACE);
    }

    Snapshots(Pool source, SourceConfig config, Clock clock, Duration grace) {
        this.source = source;
        this.config = config;
        this.statements = new Snapshot.Statements(config, grace, clock, this::kill);
    }

    /** @return fails with a {@link DatasetException} if a dataset has a fault, and with another exception if trying again may help */
    Uni<Figures> read(Definition definition, Collection<Dataset> datasets, DatasetParameters parameters) {
        return Uni.createFrom().deferred(() -> {
            var deadline = System.nanoTime() + config.timeout().toNanos();
            return connection(definition).flatMap(connection -> {
                var snapshot = new Snapshot(connection, statements, definition, parameters, deadline);
                var reading = snapshot.read(datasets).subscribeAsCompletionStage();
                return Uni.createFrom().completionStage(reading.copy());
            });
        }).onFailure(failure -> !(failure instanceof DatasetException || failure instanceof IllegalStateException)).transform(failure -> {
            LOG.warnf("The datasets of %s could not be read: %s", definition.name(), failure);
            return new IllegalStateException(publicMessage(failure), failure);
        });
    }

    /** The error that users of the report see. It leaves out the hosts and users in the messages of the client and the server. */
    private static String publicMessage(Throwable failure) {
        return failure instanceof MySQLException answer
                ? "the source reports: " + SqlFault.publicMessage(answer)
                : "the source cannot be reached, or the connection was lost";
    }

    /** A connection from the pool. If it comes after the timeout, it is returned to the pool. */
    private Uni<SqlConnection> connection(Definition definition) {
        var connection = source.getConnection().subscribeAsCompletionStage();
        return Uni.createFrom()
                .completionStage(connection.copy())
                .ifNoItem()
                .after(config.timeout())
                .recoverWithUni(() -> {
                    connection.thenAccept(SqlConnection::closeAndForget);
                    return Uni.createFrom().failure(new IllegalStateException(
                            "there was no free connection to the source for %s within weekly.source.timeout (%s)"
                                    .formatted(definition.name(), DurationText.of(config.timeout()))));
                });
    }

    /**
     * Kills the statement of a connection. The database user may kill its own statements. If all connections are busy, the KILL waits for
     * one, so it may still come after this timed out.
     */
    private Uni<Void> kill(long connection) {
        return source.withConnection(other -> other.query("KILL QUERY " + connection).execute())
                .replaceWithVoid()
                .ifNoItem()
                .after(KILL_TIMEOUT)
                .fail();
    }
}
