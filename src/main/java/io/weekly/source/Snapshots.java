package io.weekly.source;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.database.DatabaseFault;
import io.weekly.database.Outage;
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
    private final Outage outage =
            new Outage(LOG, "the source is away; reports that read it wait", "the source answers again", Outage.MAX_QUIET);

    @Inject
    Snapshots(@ReactiveDataSource("source") Pool source, SourceConfig config, Clock clock) {
        this(source, config, clock, GRACE);
    }

    Snapshots(Pool source, SourceConfig config, Clock clock, Duration grace) {
        this.source = source;
        this.config = config;
        this.statements = new Snapshot.Statements(config, grace, clock, this::kill);
    }

    /**
     * Reads the datasets.
     *
     * @return fails with a {@link DatasetException} if a dataset has a fault, with a {@link SourceAwayException} if the source does not
     * work, and with another exception if trying again may help
     */
    Uni<Figures> read(Definition definition, Collection<Dataset> datasets, DatasetParameters parameters) {
        return Uni.createFrom().deferred(() -> {
            var started = System.nanoTime();
            return connection(definition)
                    .onFailure(failure -> DatabaseFault.of(failure).isPresent())
                    .transform(failure -> away(started, failure))
                    .flatMap(connection -> {
                        var snapshot = new Snapshot(
                                connection, statements, definition, parameters, started + config.timeout().toNanos());
                        var reading = snapshot.read(datasets)
                                .invoke(_ -> outage.worked(started))
                                .onFailure(failure -> isAway(snapshot, failure))
                                .transform(failure -> away(started, failure))
                                .subscribeAsCompletionStage();
                        return Uni.createFrom().completionStage(reading.copy());
                    });
        }).onFailure(failure -> !(failure instanceof DatasetException || failure instanceof IllegalStateException)).transform(failure -> {
            LOG.warnf("The datasets of %s could not be read: %s", definition.name(), failure);
            return new IllegalStateException(publicMessage(failure), failure);
        });
    }

    /**
     * Whether the source is at fault, and not a dataset. A dataset may end its own connection, or use up memory and disk of the server. So
     * these failures count only before the first dataset.
     */
    private static boolean isAway(Snapshot snapshot, Throwable failure) {
        return !snapshot.hasBegun() || (!(failure instanceof DatasetException) && SqlFault.isOfTheServer(failure));
    }

    private SourceAwayException away(long started, Throwable failure) {
        outage.failed(started, DatabaseFault.of(failure).orElse(DatabaseFault.LOST), failure);
        return new SourceAwayException(publicMessage(failure), outage.lasts(), failure);
    }

    /** The error that users of the report see. It leaves out the hosts and users in the messages of the client and the server. */
    private static String publicMessage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MySQLException answer) {
                return "the source reports: " + SqlFault.publicMessage(answer);
            }
        }
        return failure instanceof IllegalStateException
                ? String.valueOf(failure.getMessage())
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
