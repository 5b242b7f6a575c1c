package io.weekly.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that send requests at a constant rate, in a process of their own. The time of a request counts from the moment when it should
 * have been sent, so that a pause of the server counts for all requests that had to wait.
 *
 * <p>The process runs for all rounds, so that its code is compiled when the measurement starts. Argument: the port. Each input line is a
 * round: requests per second, seconds, expected status, and a file with one request per line (path, token or -, ETag or -). Each output
 * line is a result: {@code requests unexpected p50 p90 p99 max}, the times in microseconds.
 */
public final class Load {

    private static final int CONNECTIONS = 64;
    private static final int TICKS_A_SECOND = 500;

    private final HttpClient client;
    private final List<String[]> requests;
    private final int status;
    private final long[] micros;
    private final AtomicInteger unexpected = new AtomicInteger();
    private final CountDownLatch open;
    private final long start = System.nanoTime();

    private Load(HttpClient client, int status, List<String[]> requests, int count) {
        this.client = client;
        this.requests = requests;
        this.status = status;
        this.micros = new long[count];
        this.open = new CountDownLatch(count);
    }

    public static void main(String[] arguments) throws Exception {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS).setDefaultHost("127.0.0.1").setDefaultPort(Integer.parseInt(arguments[0])));
        for (var round : (Iterable<String>) new BufferedReader(new InputStreamReader(System.in)).lines()::iterator) {
            System.out.println(run(vertx, client, round.split(" ")));
        }
        vertx.close();
    }

    private static String run(Vertx vertx, HttpClient client, String[] round) throws Exception {
        var rate = Integer.parseInt(round[0]);
        var count = rate * Integer.parseInt(round[1]);
        var requests = Files.readAllLines(Path.of(round[3])).stream().map(line -> line.split(" ")).toList();
        var load = new Load(client, Integer.parseInt(round[2]), requests, count);
        load.run(vertx, rate, count);
        return load.result();
    }

    private void run(Vertx vertx, int rate, int count) throws InterruptedException {
        var sent = new AtomicInteger();
        var ticks = vertx.setPeriodic(1000 / TICKS_A_SECOND, tick -> {
            var due = Math.min(count, (System.nanoTime() - start) * rate / 1_000_000_000L);
            while (sent.get() < due) {
                send(sent.getAndIncrement(), rate);
            }
        });
        var answered = open.await(120, TimeUnit.SECONDS);
        vertx.cancelTimer(ticks);
        if (!answered) {
            throw new IllegalStateException(open.getCount() + " requests have no answer");
        }
    }

    private void send(int number, int rate) {
        var request = requests.get(number % requests.size());
        var intended = start + number * 1_000_000_000L / rate;
        var options = new RequestOptions().setMethod(HttpMethod.GET).setURI(request[0]);
        if (!request[1].equals("-")) {
            options.putHeader("Authorization", "Bearer " + request[1]).putHeader("If-None-Match", request[2]);
        }
        client.request(options)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onComplete(answer -> {
                    micros[number] = (System.nanoTime() - intended) / 1000;
                    if (answer.failed() || answer.result() != status) {
                        unexpected.incrementAndGet();
                    }
                    open.countDown();
                });
    }

    private String result() {
        Arrays.sort(micros);
        return "%d %d %d %d %d %d".formatted(
                micros.length, unexpected.get(), at(micros, 0.5), at(micros, 0.9), at(micros, 0.99), micros[micros.length - 1]);
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
