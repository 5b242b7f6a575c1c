package io.weekly.api.http;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.TestReports.generatedReport;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PreconditionTest {

    private static final String REPORTS = "/api/v1/reports";

    @Test
    void aRequestForAnotherVersionFails() {
        var report = generatedReport();

        for (var path : List.of(REPORTS + "/" + report.id(), report.href())) {
            var tag = as(report.token()).get(path).header("ETag");
            as(report.token()).header("If-Match", "\"another\"").get(path).then().statusCode(412).contentType(Problem.MEDIA_TYPE);
            as(report.token()).header("If-Match", tag).get(path).then().statusCode(200);
        }
    }
}
