package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseAvailabilityTest {

    private static final Throwable REFUSED = new ConnectException("Connection refused");

    private final DatabaseAvailability availability = new DatabaseAvailability();
    private final Logger logger = Logger.getLogger(DatabaseAvailability.class.getName());
    private final Log log = new Log();

    @BeforeEach
    void listen() {
        logger.addHandler(log);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(log);
    }

    @Test
    void anOutageIsLoggedOnceAndItsEndOnce() {
        ask(Future.succeededFuture());
        ask(Future.failedFuture(REFUSED));
        ask(Future.failedFuture(REFUSED));
        ask(Future.succeededFuture());
        ask(Future.succeededFuture());

        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.getFirst().getMessage()).startsWith("the database is away");
        assertThat(log.lines.getFirst().getThrown()).isNull();
        assertThat(log.lines.getLast().getMessage()).startsWith("the database answers again");
    }

    @Test
    void resultsOfQueriesFromBeforeTheChangeAreIgnored() {
        var answersLate = new CompletableFuture<String>();
        var failsLate = new CompletableFuture<String>();
        availability.observe(() -> Future.fromCompletionStage(answersLate));
        availability.observe(() -> Future.fromCompletionStage(failsLate));

        ask(Future.failedFuture(REFUSED));
        answersLate.complete("from before it was lost");
        assertThat(log.lines).hasSize(1);

        ask(Future.succeededFuture());
        failsLate.completeExceptionally(REFUSED);
        assertThat(log.lines).hasSize(2);
    }

    @Test
    void theCallerGetsAnExceptionWithoutStackTrace() {
        var failure = availability.observe(() -> Future.failedFuture(REFUSED)).cause();

        assertThat(failure).isInstanceOf(DatabaseAwayException.class).hasMessageContaining("Connection refused").hasNoCause();
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(DatabaseAwayException.isNot(new IllegalStateException("Retries exhausted", failure))).isFalse();
    }

    @Test
    void errorsOfClientAndServerForALostConnectionAreRecognised() {
        assertThat(List.of(
                        REFUSED,
                        new SocketException("Connection reset"),
                        new UnknownHostException("db"),
                        new IOException("Broken pipe"),
                        ClosedConnectionException.INSTANCE,
                        new VertxException("Connection was closed"),
                        new VertxException("Connection is not active now, current status: CLOSED"),
                        new RuntimeException(REFUSED),
                        answer(1053)))
                .allMatch(DatabaseAwayException::isLostConnection);
    }

    @Test
    void otherErrorsAreNotTakenForALostConnection() {
        assertThat(List.of(
                        answer(1045),
                        answer(1040),
                        answer(1146),
                        answer(1213),
                        new IOException("no such file"),
                        new JsonParseException(null, "Connection reset is no JSON"),
                        new NoStackTraceThrowable("Timeout"),
                        new IllegalStateException("Result is already complete"),
                        new NullPointerException()))
                .allSatisfy(fault -> {
                    assertThat(availability.observe(() -> Future.failedFuture(fault)).cause()).isSameAs(fault);
                    assertThat(DatabaseAwayException.isNot(fault)).isTrue();
                });
        assertThat(log.lines).isEmpty();
    }

    private void ask(Future<String> answer) {
        availability.observe(() -> answer);
    }

    private static MySQLException answer(int code) {
        return new MySQLException("what the server says", code, "HY000");
    }

    private static final class Log extends Handler {
        private final List<LogRecord> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
