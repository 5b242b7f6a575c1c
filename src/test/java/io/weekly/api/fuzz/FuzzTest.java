package io.weekly.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.RawHttp;
import io.weekly.testing.RawHttp.Answer;
import io.weekly.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sends ten thousand requests that are made from the API description, most of them nearly right. {@code -Dweekly.test.seed=} repeats the
 * requests of a run, except for the ids of existing things. Lanes work and may be paused; the application is not shared with other tests.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(FuzzTest.Alone.class)
class FuzzTest {

    public static final class Alone implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            // The requests start reports. Rendering must not take all processors of a small machine.
            return Map.of("weekly.render.threads", "1");
        }
    }

    private static final Logger LOG = Logger.getLogger(FuzzTest.class);

    private static final long SEED = Optional.ofNullable(System.getProperty("weekly.test.seed"))
            .map(Long::valueOf)
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000));

    private static final int REQUESTS = Integer.getInteger("weekly.test.requests", 10_000);
    private static final Answer NONE = new Answer(0, List.of(), new byte[0]);
    private static final int THREADS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_FAILURES = 20;

    @TestHTTPResource("/")
    URI server;

    private FuzzedService service;
    private RawHttp http;

    @BeforeEach
    void prepare() {
        service = FuzzedService.prepare();
        http = new RawHttp(server, TIMEOUT);
    }

    @Test
    void everyRequestGetsAResponseThatIsDescribed() throws InterruptedException, ExecutionException {
        LOG.infof("weekly.test.seed is %d", SEED);
        var requests = new FuzzRequests(ApiDocument.get(), service.known(), service.tokens(), SEED);
        var statuses = new ConcurrentHashMap<Integer, AtomicInteger>();
        var failures = new ConcurrentLinkedQueue<String>();

        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var ended = new ArrayList<Future<?>>();
            for (var i = 0; i < THREADS; i++) {
                ended.add(threads.submit(() -> {
                    var number = next.getAndIncrement();
                    while (number < REQUESTS && failures.size() < MAX_FAILURES) {
                        ask(requests.request(number), statuses, failures);
                        number = next.getAndIncrement();
                    }
                }));
            }
            for (var thread : ended) {
                thread.get();
            }
        }

        LOG.infof("answers by status: %s", new TreeMap<>(statuses));
        assertThat(failures).as("with -Dweekly.test.seed=%d", SEED).isEmpty();
        assertThat(statuses.keySet()).contains(200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 409, 415, 422);
        FuzzedService.assertWorks();
    }

    private void ask(FuzzRequest request, Map<Integer, AtomicInteger> statuses, Queue<String> failures) {
        try {
            var answers = http.exchange(request.bytes(server.getAuthority()));
            for (var answer : answers) {
                statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
                var wrong = FuzzJudge.wrong(ApiDocument.get(), request, answer);
                if (!wrong.isEmpty()) {
                    failures.add(failure(request, wrong, answer));
                }
            }
            if (answers.size() != 1) {
                failures.add(failure(request, List.of("there are %d answers".formatted(answers.size())), NONE));
            }
        } catch (IOException | RuntimeException e) {
            failures.add(failure(request, List.of(e.toString()), NONE));
        }
    }

    private String failure(FuzzRequest request, List<String> wrong, Answer answer) {
        return "%n%d of %s answered %d: %s%n  %s%n  %.1000s%n".formatted(
                request.number(), request.operation(), answer.status(), String.join("; ", wrong),
                request.curl(server.getScheme() + "://" + server.getAuthority()), answer.text());
    }
}
