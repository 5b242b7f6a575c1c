package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAvailabilityTest {

    private static final Throwable REFUSED = new ConnectException("Connection refused");

    private final DatabaseAvailability availability = new DatabaseAvailability(() -> Outage.MAX_QUIET);
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
        availability.checked(System.nanoTime());
        availability.checked(System.nanoTime());

        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.getFirst().getMessage()).startsWith("the database is away");
        assertThat(log.lines.getFirst().getThrown()).isNull();
        assertThat(log.lines.getLast().getMessage()).startsWith("the database answers again");
    }

    @Test
    void aQueryThatAReadOnlyServerAnswersDoesNotEndTheOutage() {
        ask(Future.failedFuture(answer(1290)));
        ask(Future.succeededFuture("read"));

        assertThat(availability.isAway()).isTrue();
        availability.checked(System.nanoTime());
        assertThat(availability.isAway()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1142, 1040, 1226, 1114})
    void aCheckDoesNotEndAnOutageThatItCannotRuleOut(int code) {
        ask(Future.failedFuture(answer(code)));
        availability.checked(System.nanoTime());

        assertThat(availability.isAway()).isTrue();
        availability.checked(System.nanoTime() + Duration.ofSeconds(11).toNanos());
        assertThat(availability.isAway()).isFalse();
    }

    @Test
    void outagesThatFollowEachOtherLastLongerAndLongerSoThatTheLogStaysShort() {
        for (var seconds : List.of(10, 20, 40, 80, 160, 300, 300)) {
            ask(Future.failedFuture(answer(1040)));
            availability.checked(System.nanoTime() + Duration.ofSeconds(seconds - 1).toNanos());
            assertThat(availability.isAway()).as("after %d s", seconds - 1).isTrue();

            availability.checked(System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
            assertThat(availability.isAway()).as("after %d s", seconds).isFalse();
        }
    }

    @Test
    void resultsOfQueriesFromBeforeTheChangeAreIgnored() {
        var beforeTheOutage = System.nanoTime();
        var failsLate = new CompletableFuture<String>();
        availability.observe(() -> Future.fromCompletionStage(failsLate));

        ask(Future.failedFuture(REFUSED));
        availability.checked(beforeTheOutage);
        assertThat(log.lines).hasSize(1);

        availability.checked(System.nanoTime());
        failsLate.completeExceptionally(REFUSED);
        assertThat(log.lines).hasSize(2);
    }

    @Test
    void anOutageIsRememberedForAWhile() {
        assertThat(availability.wasAwayWithin(Duration.ofHours(1))).isFalse();
        ask(Future.failedFuture(REFUSED));
        assertThat(availability.wasAwayWithin(Duration.ZERO)).isTrue();
        availability.checked(System.nanoTime());

        assertThat(availability.wasAwayWithin(Duration.ofHours(1))).isTrue();
        assertThat(availability.wasAwayWithin(Duration.ZERO)).isFalse();
    }

    @Test
    void theCallerGetsAnExceptionWithoutStackTrace() {
        var failure = availability.observe(() -> Future.failedFuture(REFUSED)).cause();

        assertThat(failure).isInstanceOf(DatabaseAwayException.class).hasMessageContaining("Connection refused").hasNoCause();
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(DatabaseAwayException.isNot(new IllegalStateException("Retries exhausted", failure))).isFalse();
    }

    @Test
    void anErrorOfAStatementIsNoOutage() {
        var fault = answer(1054);

        assertThat(availability.observe(() -> Future.failedFuture(fault)).cause()).isSameAs(fault);
        assertThat(DatabaseAwayException.isNot(fault)).isTrue();
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
