package io.weekly.webhook;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Clients without an application. */
final class TestClients {

    static final WebhookSecret SECRET = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    static final WebhookSecret OLD = WebhookSecret.of("whsec_" + "A".repeat(32));
    static final OutgoingMessage MESSAGE = new OutgoingMessage("0190", "{\"type\":\"webhook.test\",\"name\":\"Zoë\"}", 1);
    // Its threads are daemons, so nobody has to close it.
    private static final Vertx VERTX = Vertx.vertx();

    private TestClients() {}

    /** Only 127.0.0.1 of the private addresses is allowed. */
    static WebhookClient client(HttpClientOptions options, HostResolver resolver) {
        var rules = new AddressRules(List.of(AddressRange.of("127.0.0.1/32")));
        return new WebhookClient(VERTX, options, new EndpointAddresses(resolver, rules), config(), Clock.systemUTC());
    }

    private static WebhookConfig config() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WebhookConfig.class)
                .withDefaultValues(Map.of("weekly.webhook.allow-http", "true", "weekly.webhook.timeout", "1s"))
                .build()
                .getConfigMapping(WebhookConfig.class);
    }

    static Endpoint endpoint(String url) {
        return new Endpoint(1, "e", url, List.of(SECRET, OLD), new EndpointHealth(EndpointState.ACTIVE, 0, null, null));
    }

    static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
