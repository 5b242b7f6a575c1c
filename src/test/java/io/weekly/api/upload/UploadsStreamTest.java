package io.weekly.api.upload;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.weekly.api.http.Problem;
import io.weekly.database.Database;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploads that are sent line by line, so that the test does not hold the whole body either. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UploadsStreamTest {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final long MEGABYTE = 1024 * 1024;
    /** With it a line has about 300 bytes. */
    private static final String TAGS = "[\"" + "x".repeat(60) + "\", \"" + "y".repeat(60) + "\", \"" + "z".repeat(60) + "\"]";

    private static final String REFUSE_RECIPIENTS =
            """
            CREATE TRIGGER no_more_recipients BEFORE INSERT ON recipient
            FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'gone'""";

    @TestHTTPResource
    URI server;

    @Inject
    Database database;

    @Inject
    World world;

    @AfterEach
    void theDatabaseStoresAgain() {
        sql("DROP TRIGGER IF EXISTS no_more_recipients");
    }

    /** 40,000 lines are 11 MB, twice the allowed growth of live memory compared to 2,000 lines. */
    @Test
    void memoryDoesNotGrowWithTheBody() throws IOException {
        peak(2_000);

        var small = peak(2_000);
        var large = peak(40_000);

        assertThat(large - small).as("bytes that are live during 40,000 lines and not during 2,000").isLessThan(5 * MEGABYTE);
    }

    /** The maximum live memory at three moments of an upload, in bytes. Each moment is a full collection of the heap, which takes long. */
    private long peak(int lines) throws IOException {
        var slug = newTenant();
        var peak = 0L;
        var upload = upload(slug);
        try (var body = upload.getOutputStream()) {
            for (int i = 0; i < lines; i++) {
                body.write(line(i));
                if (i % (lines / 3) == lines / 6) {
                    System.gc();
                    peak = Math.max(peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
                }
            }
        }
        assertThat(JsonPath.from(upload.getInputStream()).getInt("created")).isEqualTo(lines);
        return peak;
    }

    @Test
    void aFailureOfTheDatabaseInTheMiddleIsReportedAtOnce() throws IOException {
        var slug = newTenant();
        var upload = upload(slug);
        upload.setReadTimeout(TIMEOUT_MILLIS);
        try (var body = upload.getOutputStream()) {
            write(body, 0, 2_000);
            body.flush();
            await().until(() -> stored(slug) >= 1_000);
            sql(REFUSE_RECIPIENTS);
            write(body, 2_000, 4_000);
        }

        assertThat(upload.getResponseCode()).isEqualTo(500);
        assertThat(upload.getContentType()).startsWith(Problem.MEDIA_TYPE);
        assertThat(new String(upload.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("error").doesNotContain("gone");
        assertThat(stored(slug) % Uploads.CHUNK).as("whole chunks").isZero();
    }

    /** A client that sends everything before it reads must not wait for a server that does not read any more. */
    @Test
    void aClientThatIsStillSendingGetsTheResponse() throws IOException {
        var slug = newTenant();
        sql(REFUSE_RECIPIENTS);

        try (var client = begun(slug, 60_000L * line(0).length)) {
            for (int i = 0; i < 60_000; i++) {
                client.getOutputStream().write(line(0));
            }
            assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 500");
        }
    }

    /** This happens more often than there are connections to the database, so a lost connection would be noticed. */
    @Test
    void anInterruptedBodyStoresNoPartOfALineAndKeepsNoConnection() throws IOException {
        var slug = newTenant();
        for (int i = 0; i < 30; i++) {
            try (var client = begun(slug, 1_000_000)) {
                write(client.getOutputStream(), 0, 700);
                client.getOutputStream().write("{\"userId\": \"u-half".getBytes(StandardCharsets.UTF_8));
            }
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> stored(slug) >= Uploads.CHUNK);
        var whole = upload(slug);
        try (var body = whole.getOutputStream()) {
            write(body, 0, 700);
        }
        assertThat(whole.getResponseCode()).isEqualTo(200);
        asAdmin(slug).get(TENANTS + "/" + slug + "/recipients/u-half").then().statusCode(404);
        asAdmin(slug).get(TENANTS + "/" + slug + "/recipients/u-699").then().body("userId", equalTo("u-699"));
    }

    private HttpURLConnection upload(String slug) throws IOException {
        var upload = (HttpURLConnection) server.resolve(TENANTS + "/" + slug + "/recipients").toURL().openConnection();
        upload.setRequestMethod("PUT");
        upload.setDoOutput(true);
        upload.setChunkedStreamingMode(8192);
        upload.setRequestProperty("Authorization", "Bearer " + TestTokens.tenantAdmin(slug, "admin"));
        upload.setRequestProperty("Content-Type", Uploads.MEDIA_TYPE);
        return upload;
    }

    /** Sends the head of a request that announces a body. */
    private Socket begun(String slug, long bytes) throws IOException {
        var client = new Socket(server.getHost(), server.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        var head = """
            PUT %s/%s/recipients HTTP/1.1
            Host: localhost
            Authorization: Bearer %s
            Content-Type: %s
            Content-Length: %d

            """.formatted(TENANTS, slug, TestTokens.tenantAdmin(slug, "admin"), Uploads.MEDIA_TYPE, bytes);
        client.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void write(OutputStream body, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            body.write(line(i));
        }
    }

    private static byte[] line(int i) {
        return "{\"userId\": \"u-%d\", \"name\": \"Ann\", \"email\": \"ann@acme.test\", \"tags\": %s}\n".formatted(i, TAGS)
                .getBytes(StandardCharsets.UTF_8);
    }

    private int stored(String slug) {
        return world.count("SELECT COUNT(*) FROM recipient rc JOIN tenant t ON t.id = rc.tenant_id WHERE t.slug = ?", slug);
    }

    /** Not a prepared statement, because that cannot create triggers. */
    private void sql(String statement) {
        get(database.client().query(statement).execute());
    }
}
