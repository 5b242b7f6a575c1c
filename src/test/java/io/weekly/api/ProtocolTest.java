package io.weekly.api;

import static io.weekly.api.Api.TENANTS;
import static io.weekly.api.Api.anonymous;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static io.weekly.api.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ProtocolTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nonsense", "/api/v1", "/api/v1/", "/api/v1/tenants/a/b/c/d"})
    void whatIsNotThereIsAProblem(String path) {
        problem(asOperator().get(path).then(), 404).body("instance", equalTo(path));
        problem(anonymous().get(path).then(), 404);
    }

    @Test
    void aMethodThatIsNotThereIsAProblem() {
        problem(asOperator().delete(TENANTS).then(), 405);
        problem(asOperator().patch(TENANTS + "/" + newTenant()).then(), 405);
    }

    @Test
    void aBodyOfAnotherMediaTypeIsAProblem() {
        problem(asOperator().contentType(ContentType.XML).body("<tenant/>").post(TENANTS).then(), 415);
        problem(asOperator().contentType("application/x-www-form-urlencoded").body("slug=a").post(TENANTS).then(), 415);
    }

    @Test
    void anAnswerThatCannotBeMadeIsAProblem() {
        problem(asOperator().accept("image/png").get(TENANTS).then(), 406);
    }

    @Test
    void nothingIsStoredWhereTheAnswerCannotBeMade() {
        var recipient = TENANTS + "/" + newTenant() + "/recipients/u-1";

        for (var accepted : List.of("text/html", "image/png")) {
            problem(asOperator().accept(accepted).contentType(ContentType.JSON)
                    .body(Map.of("name", "Ann", "email", "ann@acme.test")).put(recipient).then(), 406);
        }
        asOperator().get(recipient).then().statusCode(404);
    }

    @Test
    void aProblemIsAProblemWhateverIsAccepted() {
        problem(asOperator().accept("application/json").get(TENANTS + "/no-such-tenant").then(), 404);
        problem(asOperator().accept("application/problem+json").contentType(ContentType.JSON).body("{").post(TENANTS).then(), 400);
    }

    @Test
    void brokenJsonIsSaidWhere() {
        problem(asOperator().contentType(ContentType.JSON).body("{\"slug\":\n \"a\",,}").post(TENANTS).then(), 400)
                .body("detail", containsString("line 2"));
    }

    @Test
    void aBodyThatIsTooLargeIsAProblem() {
        var body = "{\"name\": \"%s\"}".formatted("x".repeat(1_100_000));

        problem(asOperator().contentType(ContentType.JSON).body(body).post(TENANTS).then(), 413);
    }

    @Test
    void anUploadThatSaysItIsTooLargeIsAProblemBeforeItIsSent() throws Exception {
        var slug = newTenant();
        var head = "PUT %s/%s/recipients HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000000\r\n\r\n";

        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(head.formatted(TENANTS, slug, TestTokens.operator()).getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[2_000];
            var text = new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 413").contains(Problem.MEDIA_TYPE);
        }
    }

    @Test
    void aTextWithStrangeCharactersComesBackAsItWent() {
        var slug = newTenant();
        var name = "Ünïcode 数字 👩‍💻 \\ \" <b> ' OR 1=1; --";

        asAdmin(slug).contentType(ContentType.JSON)
                .body(Map.of("userId", "u' OR '1'='1", "name", name, "email", "o'hara+x@acme.test"))
                .post(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .body("name", equalTo(name));
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status) {
        answer.statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", equalTo(status));
        assertThat(answer.extract().asString()).doesNotContain("io.weekly").doesNotContain("Exception").contains("instance");
        return answer;
    }
}
