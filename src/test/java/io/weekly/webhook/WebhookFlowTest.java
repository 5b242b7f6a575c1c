package io.weekly.webhook;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.weekly.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the order of a report to the receiver, with the lanes and timers of the service. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class WebhookFlowTest {

    @Test
    void theReceiverIsToldOfAReportThatWasMadeAndMailed() {
        try (var receiver = Receiver.with("204 No Content")) {
            var slug = newTenantWithFigures("u-1");
            var wanted = Map.of("url", receiver.url(), "events", List.of("report.generated", "report.delivered"));
            String secret = asAdmin(slug).contentType(ContentType.JSON).body(wanted).post(TENANTS + "/" + slug + "/webhooks")
                    .then().statusCode(201).extract().path("secret");

            String report = order(asViewer(slug, "u-1"), Map.of("deliver", true)).extract().path("id");

            await().atMost(Duration.ofSeconds(60)).until(() -> receiver.received().size() >= 2);
            assertThat(receiver.received()).extracting(request -> JsonPath.from(request.text()).getString("type"))
                    .containsExactlyInAnyOrder("report.generated", "report.delivered");
            assertThat(receiver.received()).allSatisfy(request -> {
                assertThat(JsonPath.from(request.text()).getString("data.id")).isEqualTo(report);
                assertThat(JsonPath.from(request.text()).getString("data.recipient")).isEqualTo("u-1");
                assertThat(request.header("webhook-signature")).isEqualTo(Signature.header(
                        List.of(WebhookSecret.of(secret)), request.header("webhook-id"),
                        Long.parseLong(request.header("webhook-timestamp")), request.body()));
            });
        }
    }
}
