package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ProblemsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nonsense", "/api/v1", "/api/v1/", "/api/v1/tenants/a/b/c/d"})
    void anUnknownPathIsAProblem(String path) {
        problem(asOperator().get(path).then(), 404).body("instance", equalTo(path));
        problem(anonymous().get(path).then(), 404);
    }

    @Test
    void anUnknownMethodIsAProblem() {
        problem(asOperator().delete(TENANTS).then(), 405);
        problem(asOperator().patch(TENANTS + "/" + newTenant()).then(), 405);
    }

    @Test
    void aBodyOfAnotherMediaTypeIsAProblem() {
        problem(asOperator().contentType(ContentType.XML).body("<tenant/>").post(TENANTS).then(), 415);
        problem(asOperator().contentType("application/x-www-form-urlencoded").body("slug=a").post(TENANTS).then(), 415);
    }

    @Test
    void anUnacceptableMediaTypeIsAProblem() {
        problem(asOperator().accept("image/png").get(TENANTS).then(), 406);
    }

    @Test
    void nothingIsStoredIfTheMediaTypeIsUnacceptable() {
        var recipient = TENANTS + "/" + newTenant() + "/recipients/u-1";

        for (var accepted : List.of("text/html", "image/png")) {
            problem(asOperator().accept(accepted).contentType(ContentType.JSON)
                    .body(Map.of("name", "Ann", "email", "ann@acme.test")).put(recipient).then(), 406);
        }
        asOperator().get(recipient).then().statusCode(404);
    }

    @Test
    void aProblemIgnoresTheAcceptHeader() {
        problem(asOperator().accept("application/json").get(TENANTS + "/no-such-tenant").then(), 404);
        problem(asOperator().accept("application/problem+json").contentType(ContentType.JSON).body("{").post(TENANTS).then(), 400);
    }

    static ValidatableResponse problem(ValidatableResponse answer, int status) {
        answer.statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", equalTo(status));
        assertThat(answer.extract().asString()).doesNotContain("io.weekly").doesNotContain("Exception").contains("instance");
        return answer;
    }
}
