package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The limits of rows, memory and time, on a real server. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsLimitsTest extends DatasetReading {

    @Test
    void moreRowsThanTheLimitFailWithAHintHowToRaiseIt() {
        var definition = definition("{huge: {rows: 100}}", Map.of("huge", HUGE));

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/huge.sql: returned more rows than its limit of 100; if that is intended, "
                        + "raise datasets: {huge: {rows: …}} in report.yaml");
    }

    @Test
    void exactlyAsManyRowsAsTheLimitAreAllowed() {
        var definition = definition("{some: {rows: 100}}", Map.of("some", "SELECT a.d AS d FROM " + powers(2) + " WHERE :tenant <> ''"));

        assertThat(read(definition).datasets().get("some")).hasSize(100);
    }

    @Test
    void theServerSendsNoMoreThanOneRowAboveTheLimit() {
        var before = sent();

        assertThatThrownBy(() -> read(definition("{huge: {rows: 100}}", Map.of("huge", HUGE)))).isInstanceOf(DatasetException.class);

        assertThat(sent() - before).as("rows of 200 bytes, 101 and not ten million").isLessThan(100_000);
    }

    @Test
    void aStatementWhoseOwnLimitIsHigherIsKilled() {
        var definition = definition("{huge: {rows: 100}}", Map.of("huge", HUGE + " LIMIT 10000000"));
        var before = sent();

        assertThatThrownBy(() -> read(definition)).isInstanceOf(DatasetException.class).hasMessageContaining("its limit of 100");

        // It would be two gigabytes without the KILL. How much is sent before the KILL depends on the machine.
        assertThat(sent() - before).isLessThan(500_000_000);
        await().untilAsserted(() -> assertThat(running(mark)).isZero());
    }

    @Test
    void rowsThatExceedTheMemoryLimitFailAndTheirStatementIsKilled() {
        var wide = "SELECT REPEAT('x', 1000000) AS text FROM " + powers(3) + " WHERE :tenant <> ''";
        var definition = definition("{wide: {rows: 1000}}", Map.of("wide", wide));
        var before = sent();

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("d/wide.sql: exceeded the 67108864 bytes")
                .hasMessageContaining("weekly.source.max-bytes");

        assertThat(sent() - before).as("it would be a gigabyte without the KILL").isLessThan(500_000_000);
        await().untilAsserted(() -> assertThat(running(mark)).isZero());
    }

    @Test
    void theLimitAppliesToReturnedRowsAndNotToReadRows() {
        var definition = definition("{n: {rows: 1}}", Map.of("n",
                "WITH c AS (SELECT a.d FROM %1$s) SELECT COUNT(*) AS n, (SELECT COUNT(*) FROM %1$s) AS m FROM c WHERE :tenant <> ''"
                        .formatted(powers(3))));

        assertThat(read(definition).datasets().get("n")).containsExactly(Map.of("n", 1000L, "m", 1000L));
    }

    @Test
    void theServerEndsAStatementThatTakesTooLong() {
        var definition = definition("{slow: {timeout: 300ms}}", Map.of("slow", SLOW));

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/slow.sql: took longer than its limit of 0.3s; if that is intended, "
                        + "raise datasets: {slow: {timeout: …}} in report.yaml");

        assertThat(running(mark)).isZero();
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void aStatementThatTheServerDoesNotEndIsKilled() {
        // The server's limit is 30 s; the client stops waiting after half a second.
        var hasty = new Snapshots(source, config, clock, Duration.ofMillis(-29_500));
        var definition = definition("{slow: {timeout: 30s}}", Map.of("slow", SLOW));

        assertThatThrownBy(() -> get(hasty.read(definition, definition.datasets().values(), parameters("u-1"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("its limit of 30s");

        await().untilAsserted(() -> assertThat(running(mark)).isZero());
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void allDatasetsOfAReportShareOneTimeout() {
        var brief = new Snapshots(source, timeout(Duration.ofMillis(400)), clock, Duration.ofSeconds(5));
        var definition = definition("{a: {timeout: 20s}}", Map.of("a", SLOW, "b", SLOW));

        assertThatThrownBy(() -> get(brief.read(definition, definition.datasets().values(), parameters("u-1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the datasets of d took longer than weekly.source.timeout (0.4s); the last one was d/a.sql");
        assertThat(running(mark)).isZero();
    }
}
