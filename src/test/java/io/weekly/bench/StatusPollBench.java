package io.weekly.bench;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares status polls that get a 304 with an endpoint of Quarkus that only reads one row. Both are measured in turns, in one run, while
 * the workers are idle. Half of the reports are finished, half are not. The clients are another process on the same machine.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(StatusPollBench.WithBareEndpoint.class)
class StatusPollBench {

    private static final int RATE = Integer.getInteger("weekly.bench.rate", 2000);
    private static final int SECONDS = 12;
    private static final int ROUNDS = 3;
    /** Rounds that do not count, so that the code of both sides is compiled. */
    private static final int WARM_UP = 2;
    private static final int REPORTS = 200;

    @TestHTTPResource("/")
    URI server;

    @Inject
    World world;

    public static final class WithBareEndpoint implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("weekly.bench", "true");
        }
    }

    /** The result of one round: times in microseconds, CPU time of the server in seconds per 1,000 requests. */
    private record Round(long p50, long p90, long p99, long max, double cpu) {}

    @Test
    void aPollOfWhatIsKnown() throws Exception {
        var polls = Files.createTempFile("polls", "");
        var rows = Files.createTempFile("rows", "");
        try {
            measure(polls, rows);
        } finally {
            Files.delete(polls);
            Files.delete(rows);
        }
    }

    private void measure(Path polls, Path rows) throws Exception {
        write(polls, rows);
        var bare = new ArrayList<Round>();
        var poll = new ArrayList<Round>();
        try (var clients = new Clients(server.getPort())) {
            for (var i = 0; i < WARM_UP + ROUNDS; i++) {
                bare.add(run(clients, rows, 200));
                poll.add(run(clients, polls, 304));
            }
        }
        bare.subList(0, WARM_UP).clear();
        poll.subList(0, WARM_UP).clear();

        System.out.printf("%d requests a second, %d rounds of %d s in turns, medians:%n", RATE, ROUNDS, SECONDS);
        print("bare row, 200", bare);
        print("status poll, 304", poll);
        System.out.printf("ratio: p50 %.2f, p90 %.2f, p99 %.2f, CPU %.2f%n",
                ratio(poll, bare, Round::p50), ratio(poll, bare, Round::p90), ratio(poll, bare, Round::p99), ratio(poll, bare, Round::cpu));
    }

    private void write(Path polls, Path rows) throws IOException {
        var tenant = world.tenant();
        world.recipients(tenant, REPORTS, "b");
        var pollLines = new ArrayList<String>();
        var rowLines = new ArrayList<String>();
        for (var i = 0; i < REPORTS; i++) {
            var id = report(tenant, "u-b-" + i, i % 2 == 0);
            var token = TestTokens.viewer(tenant.slug(), "u-b-" + i);
            var tag = given().auth().oauth2(token).get("/api/v1/reports/" + id).then().statusCode(200).extract().header("ETag");
            pollLines.add("/api/v1/reports/%s %s %s".formatted(id, token, tag));
            rowLines.add("/bench/rows/%s - -".formatted(id));
        }
        Files.write(polls, pollLines);
        Files.write(rows, rowLines);
    }

    /** A report that is finished, or one whose next attempt is due in an hour. */
    private String report(World.TenantRow tenant, String user, boolean ended) {
        var id = UUID.randomUUID().toString().replace("-", "");
        world.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, priority, formats, delivery, status,
                                attempt, created_at)
            SELECT tenant_id, UNHEX(?), id, 'weekly-business', '2026-W40', 1, UNHEX(?), 'bulk', 'pdf', 'none', ?, 1, NOW(6)
            FROM recipient WHERE tenant_id = ? AND user_id = ?""", id, id, ended ? "generated" : "queued", tenant.id(), user);
        if (!ended) {
            world.sql("""
                INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
                VALUES ('generate', 'scheduled', 1, 0, ?, UNHEX(?), 1, NOW(6) + INTERVAL 1 HOUR, FALSE, NOW(6))""", tenant.id(), id);
        }
        return id;
    }

    private static Round run(Clients clients, Path requests, int status) throws IOException {
        var cpu = cpuNanos();
        var numbers = clients.run("%d %d %d %s".formatted(RATE, SECONDS, status, requests));
        assertThat(numbers[1]).as("answers with another status").isZero();
        return new Round(numbers[2], numbers[3], numbers[4], numbers[5], (cpuNanos() - cpu) / 1e9 / numbers[0] * 1000);
    }

    /** {@link Load} in a process of its own. */
    private static final class Clients implements AutoCloseable {

        private final Process process;
        private final BufferedReader answers;
        private final PrintWriter rounds;

        Clients(int port) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                            System.getProperty("java.class.path"), Load.class.getName(), Integer.toString(port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader();
            rounds = new PrintWriter(process.outputWriter(), true);
        }

        long[] run(String round) throws IOException {
            rounds.println(round);
            var answer = answers.readLine();
            assertThat(answer).as("the clients' answer").isNotNull();
            return Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
        }

        @Override
        public void close() throws InterruptedException {
            rounds.close();
            assertThat(process.waitFor()).isZero();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void print(String name, List<Round> rounds) {
        System.out.printf("%-18s p50 %d us, p90 %d us, p99 %d us, max %d us, CPU %.3f s per 1,000%n", name,
                (long) median(rounds, Round::p50), (long) median(rounds, Round::p90), (long) median(rounds, Round::p99),
                (long) median(rounds, Round::max), median(rounds, Round::cpu));
    }

    private static double ratio(List<Round> rounds, List<Round> to, ToDoubleFunction<Round> of) {
        return median(rounds, of) / median(to, of);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }
}
