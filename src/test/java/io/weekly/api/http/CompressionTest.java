package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.PlainHttp.bearer;
import static io.weekly.testing.PlainHttp.with;
import static io.weekly.testing.TestReports.generatedReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.PlainHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CompressionTest {

    private static final String REPORTS = "/api/v1/reports";

    @TestHTTPResource("/")
    URI server;

    @Test
    void textIsCompressedIfTheClientAcceptsThat() {
        var token = bearer(TestTokens.operator());

        var packed = PlainHttp.call(server, "GET", TENANTS, with(token, "Accept-Encoding", "gzip"));
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(packed.body()).startsWith(0x1f, 0x8b);
        var plain = PlainHttp.call(server, "GET", TENANTS, token);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(plain.body()).startsWith('{');
        var problem = PlainHttp.call(server, "GET", TENANTS + "/no-such-tenant", with(token, "Accept-Encoding", "gzip"));
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Encoding")).contains("gzip");
        asOperator().header("Accept-Encoding", "gzip").get(TENANTS).then().statusCode(200).body("items", notNullValue());
    }

    @Test
    void theETagIsValidWithAndWithoutCompression() {
        var report = generatedReport();
        var path = REPORTS + "/" + report.id();
        var packing = with(bearer(report.token()), "Accept-Encoding", "gzip");

        var tag = PlainHttp.call(server, "GET", path, packing).headers().firstValue("ETag").orElseThrow();

        assertThat(PlainHttp.call(server, "GET", path, with(packing, "If-None-Match", tag)).statusCode()).isEqualTo(304);
        assertThat(PlainHttp.call(server, "GET", path, with(bearer(report.token()), "If-None-Match", tag)).statusCode()).isEqualTo(304);
    }

    @Test
    void filesAndTheirPartsAreNotCompressed() {
        var report = generatedReport();
        var packing = with(bearer(report.token()), "Accept-Encoding", "gzip");

        var whole = PlainHttp.call(server, "GET", report.href(), packing);
        assertThat(whole.headers().firstValue("Content-Encoding").orElse("identity")).isEqualTo("identity");
        assertThat(whole.headers().firstValue("Content-Length")).contains(Integer.toString(whole.body().length));
        assertThat(whole.body()).startsWith("%PDF".getBytes());
        var part = PlainHttp.call(server, "GET", report.href(), with(packing, "Range", "bytes=0-3"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("%PDF".getBytes());
    }
}
