package io.weekly.delivery.inbound;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.delivery.inbound.SnsCertificates.Found;
import io.weekly.testing.AmazonServer;
import io.weekly.testing.Inbound;
import io.weekly.testing.SnsSender;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which answers of Amazon are kept. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class SnsCertificatesTest {

    private static final String HOST = "https://sns.eu-west-1.amazonaws.com";

    @Inject
    SnsCertificates certificates;

    @Test
    void noNumberOfFaultsDisplacesACertificate() {
        try (var amazon = AmazonServer.start()) {
            var path = "/" + UUID.randomUUID() + ".pem";
            SnsSender.genuine(amazon, path);
            assertThat(find(path)).isInstanceOf(Found.Valid.class);

            for (var i = 0; i < 60; i++) {
                assertThat(find("/%s-%d.pem".formatted(UUID.randomUUID(), i))).isInstanceOf(Found.Away.class);
            }

            assertThat(find(path)).isInstanceOf(Found.Valid.class);
            assertThat(amazon.asked(path)).hasSize(1);
        }
    }

    private Found find(String path) {
        return get(certificates.find(HOST + path, Inbound.TOPIC));
    }

    /** The limits count what makes the service call Amazon. */
    @Test
    void aFaultSaysWhetherAmazonWasAskedForIt() {
        try (var amazon = AmazonServer.start()) {
            var path = "/" + UUID.randomUUID() + ".pem";

            assertThat(find(path)).isInstanceOfSatisfying(Found.Away.class, away -> assertThat(away.asked()).isTrue());
            assertThat(find(path)).isInstanceOfSatisfying(Found.Away.class, away -> assertThat(away.asked()).isFalse());

            assertThat(amazon.asked(path)).hasSize(1);
        }
    }
}
