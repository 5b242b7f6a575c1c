package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.UnreachableMailServer;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MailSenderUnreachableServerTest.Profile.class)
class MailSenderUnreachableServerTest {

    @Inject
    MailSender sender;

    @Test
    void aServerThatCannotBeReachedMeansADeferral() {
        var mail = new OutgoingMail("ann@unreachable.test", null, null, "<1@test>", "Subject", null, "Text", List.of());

        var handOver = get(sender.handOver(mail));

        assertThat(handOver).isInstanceOf(HandOver.Deferred.class);
        assertThat(handOver.sign()).isEqualTo(HandOver.Sign.REFUSES);
    }

    /** Short timeouts, so that the test is fast. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var config = new HashMap<>(new HandDriven().getConfigOverrides());
            config.put("weekly.delivery.timeout", "4s");
            return config;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(UnreachableMailServer.class));
        }
    }
}
