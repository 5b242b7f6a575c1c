package io.weekly.api.http;

import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asOperatorWithoutDescription;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AllowedMethodsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/v1/tenants | GET, HEAD, OPTIONS, POST",
        "/api/v1/tenants/acme | DELETE, GET, HEAD, OPTIONS, PUT",
        "/api/v1/tenants/acme/metrics | OPTIONS, POST",
        "/api/v1/tenants/acme/recipients | GET, HEAD, OPTIONS, POST, PUT",
        "/api/v1/tenants/acme/recipients/a%20b%2Fc | DELETE, GET, HEAD, OPTIONS, PUT",
        "/api/v1/reports | GET, HEAD, OPTIONS, POST",
        "/api/v1/reports/x/files/pdf | GET, HEAD, OPTIONS"
    })
    void everyoneGetsTheAllowedMethods(String path, String allow) {
        anonymous().options(path).then().statusCode(204).header("Allow", allow);
        anonymous().patch(path).then()
                .statusCode(405).header("Allow", allow).contentType(Problem.MEDIA_TYPE).body("instance", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tenants/", "/api/v1//tenants", "/api/v1/tenants;a=b", "/api/v1/tenants/;a=b"})
    void aPathInAnotherSpellingHasTheSameAllowedMethods(String path) {
        asOperatorWithoutDescription().delete(path).then()
                .statusCode(405).header("Allow", "GET, HEAD, OPTIONS, POST").contentType(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "PATCH", "DELETE", "GET"})
    void anUnknownPathHasNoAllowedMethods(String method) {
        asOperator().request(method, "/api/v1/nonsense").then()
                .statusCode(404).contentType(Problem.MEDIA_TYPE).header("Allow", nullValue());
    }
}
