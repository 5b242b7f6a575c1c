package io.weekly.api;

import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.PlainHttp.bearer;
import static io.weekly.testing.PlainHttp.with;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.generatedReport;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.api.http.Problem;
import io.weekly.testing.PlainHttp;
import io.weekly.testing.TestServers;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FileResourceTest {

    @TestHTTPResource("/")
    URI server;

    @Test
    void aFileIsSentWholeOrInPartAndNotAgainIfUnchanged() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        var report = done(slug, "u-1", id);
        var href = report.path("files[0].href").toString();
        var tag = "\"" + report.path("files[0].sha256") + "\"";
        int size = report.path("files[0].bytes");

        var whole = asViewer(slug, "u-1").get(href).then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("ETag", tag)
                .header("Content-Length", Integer.toString(size))
                .header("Content-Disposition", containsString("filename="))
                .extract().asByteArray();
        assertThat(whole).hasSize(size).startsWith("%PDF".getBytes());

        part(slug, href, "bytes=0-3", 206, "bytes 0-3/" + size, Arrays.copyOf(whole, 4));
        part(slug, href, "bytes=10-", 206, "bytes 10-%d/%d".formatted(size - 1, size), Arrays.copyOfRange(whole, 10, size));
        part(slug, href, "bytes=-5", 206, "bytes %d-%d/%d".formatted(size - 5, size - 1, size), Arrays.copyOfRange(whole, size - 5, size));
        part(slug, href, "bytes=5-" + size * 2, 206, "bytes 5-%d/%d".formatted(size - 1, size), Arrays.copyOfRange(whole, 5, size));
        part(slug, href, "bytes=0-1,4-5", 200, null, whole);
        part(slug, href, "bytes=9-5", 200, null, whole);
        asViewer(slug, "u-1").header("Range", "bytes=" + size + "-").get(href).then()
                .statusCode(416).header("Content-Range", "bytes */" + size).contentType(Problem.MEDIA_TYPE);
        asViewer(slug, "u-1").header("If-None-Match", tag).get(href).then().statusCode(304);
        asViewer(slug, "u-1").header("Range", "bytes=0-3").header("If-Range", "\"old\"").get(href).then().statusCode(200);
        asViewer(slug, "u-1").header("Range", "bytes=0-3").header("If-Range", tag).get(href).then().statusCode(206);
        asViewer(slug, "u-1").get(href.replace("pdf", "xlsx")).then().statusCode(404);
    }

    @Test
    void eachDownloadIsAnEventOfItsCallerAndOfItsRequest() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        var report = done(slug, "u-1", id);
        var href = report.path("files[0].href").toString();
        var tag = "\"" + report.path("files[0].sha256") + "\"";

        asViewer(slug, "u-1").header("X-Request-Id", "whole").get(href).then().statusCode(200);
        asViewer(slug, "u-1").header("X-Request-Id", "part").header("Range", "bytes=0-3").get(href).then().statusCode(206);
        asViewer(slug, "u-1").header("If-None-Match", tag).get(href).then().statusCode(304);
        asViewer(slug, "u-1").header("Range", "bytes=" + Integer.MAX_VALUE + "-").get(href).then().statusCode(416);
        asViewer(slug, "u-1").head(href).then().statusCode(200);

        var downloads = "items.findAll { it.action == 'file.downloaded' }.";
        asViewer(slug, "u-1").get("/api/v1/reports/" + id + "/events").then()
                .body(downloads + "actor", contains("user:u-1", "user:u-1"), downloads + "requestId", contains("whole", "part"),
                        downloads + "client", contains("127.0.0.1", "127.0.0.1"),
                        downloads + "detail.whole", contains(true, false),
                        // A request has woken the worker.
                        "items.findAll { it.actor == 'service' }.requestId", everyItem(nullValue()));
    }

    @Test
    void headOfAFileHasItsLengthAndNoBody() {
        var report = generatedReport();
        var path = report.href();

        var get = PlainHttp.call(server, "GET", path, bearer(report.token()));
        var head = PlainHttp.checkedHead(server, report.token(), path);
        assertThat(head.headers().firstValue("Content-Length")).contains(Integer.toString(get.body().length));
        var tag = get.headers().firstValue("ETag").orElseThrow();
        assertThat(PlainHttp.call(server, "HEAD", path, with(bearer(report.token()), "If-None-Match", tag)).statusCode()).isEqualTo(304);

        var part = PlainHttp.call(server, "HEAD", path, with(bearer(report.token()), "Range", "bytes=0-4"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEmpty();
        assertThat(part.headers().firstValue("Content-Length")).contains("5");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 0-4/" + get.body().length);
    }

    private static void part(String slug, String href, String range, int status, String contentRange, byte[] expected) {
        var answer = asViewer(slug, "u-1").header("Range", range).get(href).then().statusCode(status).extract();
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        assertThat(answer.asByteArray()).isEqualTo(expected);
    }
}
