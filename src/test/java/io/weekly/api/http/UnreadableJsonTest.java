package io.weekly.api.http;

import static io.weekly.api.http.ProblemsTest.problem;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UnreadableJsonTest {

    @Test
    void aSyntaxErrorInJsonIsReportedWithItsLine() {
        problem(asOperator().contentType(ContentType.JSON).body("{\"slug\":\n \"a\",,}").post(TENANTS).then(), 400)
                .body("detail", containsString("line 2"));
    }
}
