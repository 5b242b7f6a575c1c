package io.weekly.api;

import static io.weekly.api.Api.as;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static io.weekly.api.Api.newRecipient;
import static io.weekly.api.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.weekly.api.RawHttp.Answer;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests made of the service's description of itself, most of them nearly right. {@code -Dweekly.test.seed=} repeats
 * those of a run, but for the ids of what is there. Lanes work and may be paused; the application is this test's own.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(FuzzTest.Alone.class)
class FuzzTest {

    public static final class Alone implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            // What the requests start is work as well: it must not take all of a small machine.
            return Map.of("weekly.render.threads", "1");
        }
    }

    private static final Logger LOG = Logger.getLogger(FuzzTest.class);
    private static final long SEED = Optional.ofNullable(System.getProperty("weekly.test.seed"))
            .map(Long::valueOf)
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000));
    private static final int REQUESTS = Integer.getInteger("weekly.test.requests", 10_000);
    private static final Answer NONE = new Answer(0, List.of(), new byte[0]);
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Enough to see what they have in common. */
    private static final int TOLD = 20;

    @TestHTTPResource("/")
    URI server;

    private final Map<String, List<String>> known = new HashMap<>();
    private String mine;
    private RawHttp http;

    @BeforeEach
    void somethingOfEachKind() {
        everyLaneWorks();
        http = new RawHttp(server, PATIENCE);
        mine = newTenant();
        var theirs = newTenant();
        List.of("u-admin", "u-viewer", "u-1", "u-2").forEach(user -> newRecipient(mine, user));
        var report = order(Map.of("definition", "weekly-business"), "u-viewer");
        var mailed = order(Map.of("definition", "weekly-business", "deliver", true), "u-viewer");
        await().atMost(Duration.ofSeconds(60)).until(() -> done(report) && done(mailed));
        var json = asAdmin(mine).contentType(ContentType.JSON);
        String run = json.body(Map.of("definition", "weekly-business", "period", "2026-W40")).post("/api/v1/runs").path("items[0].id");
        var schedules = IntStream.range(0, 3).mapToObj(i -> asAdmin(mine).contentType(ContentType.JSON).body(Api.schedule())
                .post(Api.TENANTS + "/" + mine + "/schedules").<String>path("id")).toList();
        var nowhere = "00000000000000000000000000000000";
        known.put("slug", List.of(mine, mine, mine, mine, mine, mine, theirs, "f-1", "f-2", "no-such-tenant"));
        known.put("removable", List.of("f-1", "f-2"));
        known.put("tenant", List.of(mine, mine, mine, theirs));
        known.put("tenants[]", List.of(mine, mine, mine, theirs));
        known.put("userId", List.of("u-1", "u-2", "u-3", "u-4", "u-5", "a b/c"));
        known.put("recipient", List.of("u-viewer", "u-viewer", "u-1", "u-2", "u-9"));
        known.put("report", List.of(report, report, mailed, nowhere));
        known.put("run", List.of(run, run, run, nowhere));
        known.put("schedule", List.of(schedules.get(0), schedules.get(1), schedules.get(2), nowhere));
        known.put("id", List.of(nowhere));
        known.put("definition", List.of("weekly-business"));
        known.put("name", List.of("weekly-business"));
        known.put("unsubscribed[]", List.of("weekly-business"));
        known.put("period", List.of("2026-W40", "2026-W41", "2026-W47", "2025-W01"));
        known.put("file", List.of("pdf", "pdf", "pdf", "csv"));
        known.put("format", List.of("csv", "json"));
        known.put("Range", List.of("bytes=0-99", "bytes=-5", "bytes=100-", "bytes=99999999-"));
        known.put("If-None-Match", List.of(tag(report), tag(mailed), tag(report + "/files/pdf"), "*"));
        known.put("If-Range", List.of(tag(report + "/files/pdf"), "x"));
        known.put("lane", List.of("generate", "deliver"));
        known.put("email", List.of("ann@acme.test"));
        known.put("owner", List.of("ann@acme.test"));
        known.put("replyTo", List.of("ann@acme.test"));
        known.put("zone", List.of("Europe/Vienna", "America/New_York", "Pacific/Apia"));
        known.put("locale", List.of("de-DE", "en", "fr-CH"));
        known.put("color", List.of("#0a66c2"));
        known.put("time", List.of("06:30"));
        known.put("day", List.of("2026-11-20"));
        known.put("pausedUntil", List.of("2026-11-30T00:00:00Z"));
        known.put("from", List.of("2026-11-01T00:00:00Z"));
        known.put("to", List.of("2027-11-01T00:00:00Z"));
        known.put("Idempotency-Key", IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList());
        known.put("cursor", List.of("MDE5YWIyZjA3YzFlN2QzYTlmNGJlMmExYzA1ZDZlN2Y", "dS0x", "MTI", "AA", "x"));
    }

    /** The requests pause some as well. */
    private static void everyLaneWorks() {
        for (var lane : List.of("generate", "deliver")) {
            asOperator().contentType(ContentType.JSON).body(Map.of("paused", false)).put("/api/v1/queue/" + lane).then().statusCode(200);
        }
    }

    private String order(Map<String, Object> order, String viewer) {
        return as(TestTokens.viewer(mine, viewer)).contentType(ContentType.JSON).body(order).post("/api/v1/reports").path("id");
    }

    private String tag(String thing) {
        return as(TestTokens.viewer(mine, "u-viewer")).get("/api/v1/reports/" + thing).header("ETag");
    }

    private boolean done(String report) {
        return asAdmin(mine).get("/api/v1/reports/" + report).<Boolean>path("done");
    }

    private Map<String, List<String>> tokens() {
        return Map.of(
                "viewer", List.of("Bearer " + TestTokens.viewer(mine, "u-viewer")),
                "tenant-admin",
                List.of("Bearer " + TestTokens.tenantAdmin(mine, "u-admin"), "Bearer " + TestTokens.tenantAdmin(mine, "admin")),
                "operator", List.of("Bearer " + TestTokens.operator()),
                "other", List.of(
                        "Bearer " + TestTokens.tenantAdmin("no-such-tenant", "admin"), "Bearer " + TestTokens.expired(mine, "u-viewer"),
                        "Bearer " + TestTokens.of("u-viewer", Optional.of(mine)), "Bearer " + TestTokens.viewer(mine, "nobody"),
                        "Bearer", "Bearer ", "Bearer x.y.z", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi", "Basic %%%", "Digest x",
                        "\u00ff", ""));
    }

    @Test
    void whateverIsAskedTheAnswerIsOneThatIsDescribed() throws InterruptedException {
        LOG.infof("weekly.test.seed is %d", SEED);
        var requests = new FuzzRequests(ApiDocument.get(), known, tokens(), SEED);
        var statuses = new ConcurrentHashMap<Integer, AtomicInteger>();
        var failures = new ConcurrentLinkedQueue<String>();

        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var i = 0; i < AT_ONCE; i++) {
                threads.submit(() -> {
                    var number = next.getAndIncrement();
                    while (number < REQUESTS && failures.size() < TOLD) {
                        ask(requests.request(number), statuses, failures);
                        number = next.getAndIncrement();
                    }
                });
            }
        }

        LOG.infof("answers by status: %s", new TreeMap<>(statuses));
        assertThat(failures).as("with -Dweekly.test.seed=%d", SEED).isEmpty();
        assertThat(statuses.keySet()).contains(200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 409, 415, 422);
        itStillWorks();
    }

    private void ask(FuzzRequest request, Map<Integer, AtomicInteger> statuses, Queue<String> failures) {
        try {
            var answers = http.exchange(request.bytes(server.getAuthority()));
            for (var answer : answers) {
                statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
                var wrong = FuzzJudge.wrong(ApiDocument.get(), request, answer);
                if (!wrong.isEmpty()) {
                    failures.add(told(request, wrong, answer));
                }
            }
            if (answers.size() != 1) {
                failures.add(told(request, List.of("there are %d answers".formatted(answers.size())), NONE));
            }
        } catch (IOException | RuntimeException e) {
            failures.add(told(request, List.of(e.toString()), NONE));
        }
    }

    private String told(FuzzRequest request, List<String> wrong, Answer answer) {
        return "%n%d of %s answered %d: %s%n  %s%n  %.1000s%n".formatted(
                request.number(), request.operation(), answer.status(), String.join("; ", wrong),
                request.curl(server.getScheme() + "://" + server.getAuthority()), answer.text());
    }

    @Test
    void whatIsNoHttpIsRefusedAndHangsNothing() {
        var wrong = new ArrayList<String>();
        for (var bytes : NoHttp.REQUESTS) {
            var request = bytes.replace("HOST", server.getAuthority()).getBytes(StandardCharsets.ISO_8859_1);
            for (var answer : answersTo(request)) {
                FuzzJudge.leaks(answer).forEach(leak -> wrong.add(bytes + leak));
                if (answer.status() >= 500 && answer.status() != 501 && answer.status() != 505) {
                    wrong.add("%.300s answered %d".formatted(bytes, answer.status()));
                }
            }
        }

        assertThat(wrong).isEmpty();
        itStillWorks();
    }

    private List<Answer> answersTo(byte[] request) {
        try {
            return http.breakOff(request);
        } catch (IOException e) {
            throw new UncheckedIOException("%.300s".formatted(new String(request, StandardCharsets.ISO_8859_1)), e);
        }
    }

    @Test
    void whoStopsInTheMiddleAndGoesLeavesNothingBehind() throws IOException {
        for (var i = 0; i < 200; i++) {
            try (var socket = new Socket(server.getHost(), server.getPort())) {
                var head = NoHttp.STOPPED.get(i % NoHttp.STOPPED.size())
                        .replace("HOST", server.getAuthority())
                        .replace("SLUG", mine)
                        .replace("TOKEN", TestTokens.tenantAdmin(mine, "admin"));
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        itStillWorks();
    }

    @Test
    void requestsInOnePieceAreAnsweredInTheirOrder() throws IOException {
        var token = TestTokens.tenantAdmin(mine, "admin");
        var one = "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n%s\r\n";
        var lines = List.of(
                "GET /api/v1/reports", "GET /api/v1/nonsense", "PATCH /api/v1/reports", "GET /api/v1/queue", "GET /api/v1/reports/%zz");
        var all = new StringBuilder();
        lines.forEach(line -> all.append(one.formatted(line, "")));
        all.append(one.formatted("HEAD /api/v1/runs", "Connection: close\r\n"));

        var answers = http.exchange(all.toString().getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 405, 403, 400, 200);
    }

    private void itStillWorks() {
        RestAssured.given().get("/q/health").then().statusCode(200);
        everyLaneWorks();
        mine = newTenant();
        newRecipient(mine, "u-viewer");
        var report = order(Map.of("definition", "weekly-business"), "u-viewer");
        await().atMost(Duration.ofSeconds(60)).until(() -> done(report));
        asAdmin(mine).get("/api/v1/reports/" + report).then().statusCode(200);
        assertThat(asAdmin(mine).get("/api/v1/reports/" + report).<String>path("status")).isEqualTo("generated");
    }
}
