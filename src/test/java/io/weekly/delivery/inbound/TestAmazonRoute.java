package io.weekly.delivery.inbound;

import io.quarkus.test.Mock;
import io.weekly.testing.AmazonServer;
import jakarta.enterprise.context.ApplicationScoped;

/** Leads the addresses of Amazon to the server of the test. It replaces nothing else, so all checks of addresses stay. */
@Mock
@ApplicationScoped
class TestAmazonRoute extends AmazonRoute {

    @Override
    String to(AmazonAddress address) {
        var query = address.uri().getRawQuery();
        return AmazonServer.url() + address.uri().getRawPath() + (query == null ? "" : "?" + query);
    }
}
