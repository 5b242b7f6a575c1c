package io.weekly.api;

import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.PlainHttp.bearer;
import static io.weekly.testing.PlainHttp.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.api.http.Problem;
import io.weekly.audit.Sha256;
import io.weekly.store.encryption.EncryptedReports;
import io.weekly.testing.HandDriven;
import io.weekly.testing.LogLines;
import io.weekly.testing.PlainHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads of encrypted files, and of files that somebody has changed on the disk. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class FileAnswersTest {

    private static final int SEGMENT = 4096;

    @TestHTTPResource("/")
    URI server;

    @Inject World world;

    @Inject EncryptedReports reports;

    @Inject
    @CacheName("file-keys")
    Cache keySets;

    private TenantRow tenant;
    private byte[] content;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        content = random(900_000);
    }

    private static byte[] random(int bytes) {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static String href(String report) {
        return "/api/v1/reports/" + report + "/files/pdf";
    }

    private HttpResponse<byte[]> get(String report, Map<String, String> headers) {
        return PlainHttp.call(server, "GET", href(report), headers);
    }

    @Test
    void anEncryptedFileIsSentAsThePlainFileWholeAndInParts() throws IOException {
        var report = reports.withPdf(tenant, content);
        var token = bearer(TestTokens.operator());
        assertThat(Files.readAllBytes(reports.onDisk(report, "pdf"))).hasSizeGreaterThan(content.length);

        var whole = get(report, token);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(content);
        assertThat(whole.headers().firstValue("ETag")).contains("\"" + Sha256.hex(content) + "\"");
        assertThat(whole.headers().firstValue("Content-Length")).contains("900000");
        for (var range : new int[][] {{0, 9}, {4000, 4100}, {200_000, 699_999}, {131_072, 131_072}, {899_999, 899_999}}) {
            var part = get(report, with(token, "Range", "bytes=%d-%d".formatted(range[0], range[1])));
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).contains("bytes %d-%d/900000".formatted(range[0], range[1]));
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, range[0], range[1] + 1));
        }
        assertThat(get(report, with(token, "Range", "bytes=900000-")).statusCode()).isEqualTo(416);
        var head = PlainHttp.checkedHead(server, TestTokens.operator(), href(report));
        assertThat(head.headers().firstValue("Content-Length")).contains("900000");
    }

    @Test
    void aPlainFileOfBeforeTheEncryptionIsSent() {
        var report = world.reportWithoutJob(tenant);
        reports.putPlain(tenant, report, "pdf", content);

        assertThat(get(report, bearer(TestTokens.operator())).body()).isEqualTo(content);
    }

    @Test
    void swappedFilesAreRefusedAndReportedOnceAndKept() throws IOException {
        var report = reports.withPdf(tenant, content);
        var other = reports.withPdf(tenant, random(500));
        var stranger = reports.withPdf(world.tenant(), random(600));
        var own = Files.readAllBytes(reports.onDisk(report, "pdf"));

        try (var log = new LogLines()) {
            for (var swapped : new String[] {other, stranger}) {
                Files.write(reports.onDisk(report, "pdf"), Files.readAllBytes(reports.onDisk(swapped, "pdf")));
                assertRefused(report);
            }
            assertThat(log.lines()).extracting(LogLines.Line::level).containsOnlyOnce("ERROR");
            assertThat(log.texts()).anyMatch(line -> line.contains(report) && line.contains("is not the file that was stored"));
        }
        assertThat(world.events(report)).containsOnlyOnce("file.corrupt");
        asOperator().get("/api/v1/audit?action=file.corrupt&tenant=" + tenant.slug()).then().statusCode(200).body(containsString(report));
        assertThat(reports.onDisk(report, "pdf")).exists();

        Files.write(reports.onDisk(report, "pdf"), own);
        assertThat(get(report, bearer(TestTokens.operator())).body()).isEqualTo(content);
    }

    @Test
    void aTruncatedFileIsRefusedBeforeAByteOfItIsSent() throws IOException {
        var report = reports.withPdf(tenant, content);
        var file = reports.onDisk(report, "pdf");
        var encrypted = Files.readAllBytes(file);

        for (var size : new int[] {0, 1, SEGMENT, 100 * SEGMENT, encrypted.length - 1}) {
            Files.write(file, Arrays.copyOf(encrypted, size));
            assertRefused(report);
        }
        Files.write(file, content);
        assertRefused(report);
    }

    /** The headers promise 900,000 bytes, so the client notices. */
    @Test
    void aFaultInTheMiddleOfAFileBreaksTheConnection() throws IOException {
        var report = reports.withPdf(tenant, content);
        var encrypted = Files.readAllBytes(reports.onDisk(report, "pdf"));
        encrypted[150 * SEGMENT + 1] ^= 1;
        Files.write(reports.onDisk(report, "pdf"), encrypted);

        assertThatThrownBy(() -> get(report, bearer(TestTokens.operator()))).isInstanceOf(UncheckedIOException.class);
        assertThat(world.events(report)).containsOnlyOnce("file.corrupt");
        var before = get(report, with(bearer(TestTokens.operator()), "Range", "bytes=0-99"));
        assertThat(before.body()).isEqualTo(Arrays.copyOf(content, 100));
    }

    @Test
    void aPlainFileOfAnotherSizeIsRefused() throws IOException {
        var report = world.reportWithoutJob(tenant);
        reports.putPlain(tenant, report, "pdf", content);

        Files.write(reports.onDisk(report, "pdf"), random(899_999));

        assertRefused(report);
    }

    @Test
    void withoutTheKeyOfTheTenantNothingIsSentUntilItIsBack() {
        var report = reports.withPdf(tenant, content);
        keySets.invalidateAll().await().indefinitely();
        world.sql("UPDATE file_keys SET key_id = 'gone' WHERE tenant_id = ?", tenant.id());

        try (var log = new LogLines()) {
            asOperator().get(href(report)).then().statusCode(503).contentType(Problem.MEDIA_TYPE).header("Retry-After", "60")
                    .body("detail", containsString("is not configured"));

            assertThat(log.texts()).anyMatch(line -> line.contains("weekly.keys.gone, which is not configured"));
        }
        world.sql("UPDATE file_keys SET key_id = 'test' WHERE tenant_id = ?", tenant.id());
        assertThat(get(report, bearer(TestTokens.operator())).body()).isEqualTo(content);
    }

    private void assertRefused(String report) {
        asOperator().get(href(report)).then()
                .statusCode(500).contentType(Problem.MEDIA_TYPE).body("detail", containsString("changed or damaged"));
    }
}
