package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFaultTest {

    @Test
    void errorsOfClientAndServerForALostConnectionAreRecognised() {
        assertThat(List.of(
                        new ConnectException("Connection refused"),
                        new SocketException("Connection reset"),
                        new UnknownHostException("db"),
                        new IOException("Broken pipe"),
                        ClosedConnectionException.INSTANCE,
                        new VertxException("Connection was closed"),
                        new VertxException("Connection is not active now, current status: CLOSED"),
                        new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"),
                        new RuntimeException(new ConnectException("Connection refused")),
                        answer(1053, "08S01")))
                .allMatch(DatabaseFault::isLostConnection);
    }

    @ParameterizedTest
    @CsvSource({
        "1290, READ_ONLY", "1792, READ_ONLY", "1836, READ_ONLY",
        "1044, REFUSED", "1142, REFUSED", "1143, REFUSED", "1227, REFUSED", "1045, REFUSED", "1698, REFUSED", "1129, REFUSED",
        "1820, REFUSED", "3118, REFUSED", "4151, REFUSED", "1049, REFUSED", "1047, REFUSED", "3032, REFUSED", "3100, REFUSED",
        "1040, EXHAUSTED", "1203, EXHAUSTED", "1226, EXHAUSTED", "1461, EXHAUSTED", "1021, EXHAUSTED", "1114, EXHAUSTED",
        "1053, LOST", "1927, LOST", "3169, LOST", "4031, LOST", "9001, LOST"})
    void eachCodeOfAServerThatDoesNotWorkIsAFaultForBothClients(int code, DatabaseFault fault) {
        assertThat(DatabaseFault.of(answer(code, "HY000"))).contains(fault);
        assertThat(DatabaseFault.of(new RuntimeException(new SQLException("it says", "HY000", code)))).contains(fault);
        assertThat(DatabaseFault.of(new NoConnectionException(answer(code, "HY000")))).contains(fault);
    }

    @Test
    void anUnknownCodeWithTheStateOfALostConnectionIsOne() {
        assertThat(DatabaseFault.of(answer(9999, "08S01"))).contains(DatabaseFault.LOST);
        assertThat(DatabaseFault.of(new SQLException("Communications link failure", "08S01"))).contains(DatabaseFault.LOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1251, 4166, 9999})
    void everyAnswerToANewConnectionIsAFault(int code) {
        assertThat(DatabaseFault.of(new NoConnectionException(answer(code, "HY000")))).contains(DatabaseFault.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"1146, 42S02", "1064, 42000", "1213, 40001", "1205, HY000", "1062, 23000", "1317, 70100", "3024, HY000", "1146, "})
    void anErrorOfAStatementIsNoFault(int code, String state) {
        assertThat(DatabaseFault.of(answer(code, state))).isEmpty();
        assertThat(DatabaseFault.of(new SQLException("it says", state, code))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1146, 1969, 3024})
    void someErrorsOfStatementsAreFaultsOfTheServicesOwnDatabase(int code) {
        assertThat(DatabaseFault.ofService(new RuntimeException(answer(code, "HY000")))).contains(DatabaseFault.EXHAUSTED);
        assertThat(DatabaseFault.ofService(answer(1053, "08S01"))).contains(DatabaseFault.LOST);
        assertThat(DatabaseFault.ofService(answer(1064, "42000"))).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsLost() {
        assertThat(DatabaseFault.of(new SilentConnectionException())).contains(DatabaseFault.LOST);
    }

    @Test
    void failuresOfOtherCodeAreNoFault() {
        assertThat(List.of(
                        new IOException("no such file"),
                        new JsonParseException(null, "Connection reset is no JSON"),
                        new NoStackTraceThrowable("Timeout"),
                        new IllegalStateException("Result is already complete"),
                        new NullPointerException()))
                .extracting(DatabaseFault::of)
                .containsOnly(Optional.empty());
    }

    private static MySQLException answer(int code, String state) {
        return new MySQLException("what the server says", code, state);
    }
}
