package io.weekly.api;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.api.http.Problem;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses to unsubscribe that do not work, or not any more. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DeadUnsubscribeAddressTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Inject
    World world;

    private MailedReport mailed;
    private String slug;
    private String user;
    private String path;

    @BeforeEach
    void theMailOfAReport() throws Exception {
        mailed = MailedReport.make(world);
        slug = mailed.slug();
        user = mailed.user();
        path = mailed.path();
    }

    @ParameterizedTest
    @CsvSource({"de-DE, Diese Seite gibt es nicht", "'fr;q=0.5,es', Esta página no existe", "ja, This page does not exist", "!, This page"})
    void anAddressThatDoesNotWorkHasAPageInTheLanguageOfTheBrowser(String languages, String title) {
        given().header("Accept", BROWSER).header("Accept-Language", languages).get(path + "x").then().statusCode(404)
                .contentType("text/html;charset=UTF-8").header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex")
                .body(containsString(title));
        given().header("Accept", BROWSER).header("Accept-Language", languages).get("/d/1.x").then().statusCode(404)
                .contentType("text/html;charset=UTF-8").body(containsString(title));
    }

    @Test
    void everyAddressThatDoesNotWorkGetsTheSameAnswer() {
        var altered = path.substring(0, path.length() - 2) + "xx";
        var problem = problem(altered);
        assertThat(problem(path + "x")).isEqualTo(problem);
        assertThat(problem("/unsubscribe/1.test.0")).isEqualTo(problem);
        assertThat(problem(path.replace("1.test.", "1.other."))).isEqualTo(problem);

        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/" + user).then().statusCode(204);

        assertThat(problem(path)).isEqualTo(problem);
        given().contentType("application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click").post(path).then().statusCode(404);
    }

    @Test
    void theNextPersonWithTheUserIdIsNotUnsubscribedByTheOldMail() {
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/" + user).then().statusCode(204);
        newRecipient(slug, user);

        given().contentType("application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click").post(path).then().statusCode(404);

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");
    }

    @Test
    void noTokenIsInTheLogOrInAProblem() {
        var token = path.substring("/unsubscribe/".length());

        try (var log = new LogLines()) {
            given().get(path + "x").then().statusCode(404).body("instance", equalTo("/unsubscribe/"));
            given().contentType("application/json").body("{}").post(path).then().statusCode(415);
            assertThat(log.texts()).noneMatch(line -> line.contains(token));
        }
    }

    private static String problem(String path) {
        return given().get(path).then().statusCode(404).contentType(Problem.MEDIA_TYPE).extract().asString();
    }
}
