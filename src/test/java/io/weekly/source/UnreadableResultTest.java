package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that throws in its pipeline while it reads a result, as it does for a value that it cannot read. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class UnreadableResultTest extends DatasetReading {

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    Optional<String> password;

    private final List<ChannelPipeline> pipelines = new CopyOnWriteArrayList<>();
    private Pool watched;

    @AfterEach
    void close() {
        watched.closeAndForget();
    }

    @Test
    void anErrorOfTheClientFailsTheDatasetAtOnceAndTheConnectionIsClosed() {
        watched = pool();
        var definition = definition("{}", Map.of("fine", "SELECT :tenant AS a", "slow", SLOW));
        var reading = new Snapshots(watched, timeout(Duration.ofMinutes(5)), clock, Duration.ofSeconds(30))
                .read(definition, definition.datasets().values(), parameters("u-1"))
                .subscribeAsCompletionStage();
        await().until(() -> running(mark) == 1);

        pipelines.getFirst().fireExceptionCaught(new DecoderException(new DateTimeException("Invalid value for DayOfMonth: 0")));

        // Long before the statement ends or its time limit is over.
        assertThat(reading).failsWithin(Duration.ofSeconds(10));
        assertThatThrownBy(() -> get(Uni.createFrom().completionStage(reading)))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/slow.sql: a value cannot be read (Invalid value for DayOfMonth: 0)");
        assertThat(pipelines.getFirst().channel().closeFuture()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(get(new Snapshots(watched, config, clock, Duration.ofSeconds(5))
                .read(quick(), quick().datasets().values(), parameters("u-1"))).datasets().get("rows")).hasSize(1);
    }

    @Test
    void aRowThatMakesTheClientThrowFailsTheDatasetByName() {
        assertThatThrownBy(() -> readWith(_ -> {
            throw new DateTimeException("Invalid value for DayOfMonth: 0");
        }))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql: a value cannot be read (Invalid value for DayOfMonth: 0)");
    }

    @Test
    void aRowThatTheClientDropsWithoutAnErrorFailsTheDatasetByName() {
        assertThatThrownBy(() -> readWith(ReferenceCountUtil::release))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql: 1 of its rows cannot be read");
    }

    /** Reads ten rows. {@code instead} gets the packet of one of them in place of the client. */
    private void readWith(Consumer<Object> instead) {
        watched = pool();
        var snapshots = new Snapshots(watched, config, clock, Duration.ofSeconds(5));
        get(snapshots.read(quick(), quick().datasets().values(), parameters("u-1")));
        pipelines.getFirst().addBefore("codec", "seventh row", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object packet) {
                if (((ByteBuf) packet).toString(StandardCharsets.US_ASCII).endsWith("row number 7")) {
                    instead.accept(packet);
                } else {
                    context.fireChannelRead(packet);
                }
            }
        });

        var sql = "SELECT CONCAT('row number ', a.d) AS d FROM %s WHERE :tenant <> ''".formatted(powers(1));
        var definition = definition("{}", Map.of("rows", sql));
        get(snapshots.read(definition, definition.datasets().values(), parameters("u-1")));
    }

    private Pool pool() {
        return Pool.newInstance(MySQLBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(MySQLConnectOptions.fromUri(url).setUser(user).setPassword(password.orElse("")))
                .using(vertx)
                .withConnectHandler(this::watch)
                .build());
    }

    private void watch(SqlConnection connection) {
        if (((SqlConnectionInternal) connection).unwrap().unwrap() instanceof SocketConnectionBase it) {
            pipelines.add(it.socket().channelHandlerContext().pipeline());
        }
        connection.close();
    }
}
