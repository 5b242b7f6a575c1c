package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.PlainHttp.bearer;
import static io.weekly.testing.TestReports.generatedReport;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.PlainHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.net.URI;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ReportResourceHeadTest {

    private static final String REPORTS = "/api/v1/reports";

    @TestHTTPResource("/")
    URI server;

    @Test
    void headOfAReportHasTheHeadersOfGet() {
        var report = generatedReport();

        PlainHttp.checkedHead(server, report.token(), REPORTS + "/" + report.id());
        PlainHttp.checkedHead(server, report.token(), REPORTS);
        PlainHttp.checkedHead(server, report.token(), TENANTS);
        PlainHttp.checkedHead(server, report.token(), REPORTS + "/00000000000000000000000000000000");
        assertThat(PlainHttp.call(server, "HEAD", REPORTS, Map.of()).statusCode()).isEqualTo(401);
        var tag = PlainHttp.call(server, "GET", REPORTS + "/" + report.id(), bearer(report.token()))
                .headers().firstValue("ETag").orElseThrow();
        as(report.token()).header("If-None-Match", tag).head(REPORTS + "/" + report.id()).then()
                .statusCode(304).header("ETag", tag);
    }

    @Test
    void headOfAnUnfinishedReportHasTheRetryAfterOfGet() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var url = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business", "recipient", "u-1"))
                .post(REPORTS).then().statusCode(202).extract().header("Location");

        // The report may be finished by now. So HEAD is compared with a GET that has the same ETag.
        Awaitility.await().untilAsserted(() -> {
            var path = URI.create(url).getPath();
            var head = PlainHttp.call(server, "HEAD", path, bearer(TestTokens.tenantAdmin(slug, "admin")));
            var get = PlainHttp.call(server, "GET", path, bearer(TestTokens.tenantAdmin(slug, "admin")));
            assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
            assertThat(head.headers().firstValue("Retry-After")).isEqualTo(get.headers().firstValue("Retry-After"));
        });
    }
}
