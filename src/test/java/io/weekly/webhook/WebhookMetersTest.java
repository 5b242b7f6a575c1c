package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.weekly.testing.HandDriven;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class WebhookMetersTest {

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject OldMessages old;

    /** An address can contain a token, and there is no limit to the number of addresses. */
    @Test
    void metersCountMessagesAndNameNoAddress() {
        try (var receiver = Receiver.with("200 OK")) {
            var tenant = world.tenant();
            var webhook = hooks.endpoint(tenant, receiver.url() + "/token-4711", WebhookEvent.REPORT_FAILED);
            hooks.failures(tenant, 2);
            get(old.count());
            var pending = meters();
            hooks.send(tenant, webhook);
            var sent = meters();

            assertThat(pending.lines()).anyMatch(line -> line.matches("weekly_webhook_pending(\\{.*})? ([2-9]|[1-9][0-9]+)\\.0"));
            assertThat(sent.lines()).anyMatch(line -> line.matches("weekly_webhook_attempts_total\\{.*outcome=\"sent\".*} .*[1-9].*"));
            assertThat(sent).doesNotContain("token-4711", ":" + receiver.port());
        }
    }

    @Test
    void theLogHasTheStatusAndNothingThatAReceiverWrote() {
        var answer = "HTTP/1.1 %s\r\nContent-Length: 13\r\n\r\nAnn token-815";
        for (var status : List.of("500 Broken", "410 Gone")) {
            try (var receiver = Receiver.with((_, connection) -> Receiver.write(connection, answer.formatted(status)));
                    var log = new LogLines()) {
                var tenant = world.tenant();
                var webhook = hooks.endpoint(tenant, receiver.url(), WebhookEvent.REPORT_FAILED);
                hooks.failures(tenant, 10);

                hooks.send(tenant, webhook);

                assertThat(hooks.read(tenant, webhook).state()).isNotEqualTo(EndpointState.ACTIVE);
                assertThat(log.texts()).anyMatch(line -> line.contains(webhook.id()) && line.contains(": " + status.substring(0, 3)))
                        .noneMatch(line -> line.contains("token-815"));
            }
        }
    }

    private static String meters() {
        return RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
