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
 * Reads datasets over {@code source}, each time in a snapshot of its own. What was begun goes on to its end, whoever stops waiting for it:
 * a connection is given back when its statement has ended, and never while it is still at work. One that does not end, or does not
 * answer, is cut.
 *
 * <p>Trap: what is asked on a connection that was just lost is never answered by the client, so nothing is; its place in the pool is free
 * without that.
 */
@ApplicationScoped
class Snapshots {

    static final Logger LOG = Logger.getLogger(Snapshots.class);
    /** How long a statement may be killed, and be seen to end. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The server ends what takes too long; this much later it is given up here, too. */
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

    /** @return fails with a {@link DatasetException} where a dataset is at fault, and otherwise with what the server said */
    Uni<Figures> read(Definition definition, Collection<Dataset> datasets, DatasetParameters parameters) {
        return Uni.createFrom().deferred(() -> {
            var deadline = System.nanoTime() + config.timeout().toNanos();
            return connection(definition).flatMap(connection -> {
                var snapshot = new Snapshot(connection, statements, definition, parameters, deadline);
                var reading = snapshot.read(datasets).subscribeAsCompletionStage();
                return Uni.createFrom().completionStage(reading.copy());
            });
        }).onFailure(failure -> !(failure instanceof DatasetException || failure instanceof IllegalStateException)).transform(failure -> {
            LOG.warnf("the datasets of %s could not be read: %s", definition.name(), failure);
            return new IllegalStateException(told(failure), failure);
        });
    }

    /** What becomes a report's error, which its readers see: without the hosts and users that the client and the server name. */
    private static String told(Throwable failure) {
        return failure instanceof MySQLException answer
                ? "the source says: " + SqlFault.told(answer)
                : "the source cannot be reached, or was lost";
    }

    /** One that comes when nobody waits any more is given back. */
    private Uni<SqlConnection> connection(Definition definition) {
        var wanted = source.getConnection().subscribeAsCompletionStage();
        return Uni.createFrom()
                .completionStage(wanted.copy())
                .ifNoItem()
                .after(config.timeout())
                .recoverWithUni(() -> {
                    wanted.thenAccept(SqlConnection::closeAndForget);
                    return Uni.createFrom().failure(new IllegalStateException(
                            "there was no connection of the source for %s within weekly.source.timeout (%s)"
                                    .formatted(definition.name(), DurationText.of(config.timeout()))));
                });
    }

    /** A user may end what is its own. Where all connections are busy it waits for one, and may still come when it was given up. */
    private Uni<Void> kill(long connection) {
        return source.withConnection(other -> other.query("KILL QUERY " + connection).execute())
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }
}
