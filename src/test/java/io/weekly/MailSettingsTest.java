package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailSettingsTest {

    private static final String FROM = "weekly.delivery.from";
    private static final String SIGNED = "quarkus.mailer.dkim.signed-headers";

    @Test
    void rightSettingsGiveNoLine() {
        assertThat(faults(Map.of())).isEmpty();
        assertThat(faults(Map.of(FROM, "reports@acme.test"))).isEmpty();
        assertThat(faults(Map.of(FROM, "Weekly Reports <reports@acme.test>"))).isEmpty();
        assertThat(faults(Map.of("quarkus.mailer.bounce-address", "bounces@acme.test", "quarkus.mailer.mock", "false"))).isEmpty();
        assertThat(faults(Map.of("quarkus.mailer.dkim.enabled", "true"))).isEmpty();
    }

    @Test
    void aWrongSenderIsNamedWithItsKeyAndTheReason() {
        assertThat(faults(Map.of(FROM, "Weekly Reports reports@acme.test"))).singleElement().asString()
                .startsWith(FROM + " is Weekly Reports reports@acme.test: it must be a mail address").endsWith("it has a blank");
        assertThat(faults(Map.of(FROM, "x".repeat(5_000)))).singleElement().asString().startsWith(FROM).hasSizeLessThan(400);
    }

    @Test
    void aWrongBounceAddressIsNamed() {
        assertThat(faults(Map.of("quarkus.mailer.bounce-address", "Bounces <bounces@acme.test>"))).singleElement().asString()
                .startsWith("quarkus.mailer.bounce-address is Bounces <bounces@acme.test>: it must be an address");
    }

    @Test
    void dkimMustCoverTheHeadersForUnsubscribing() {
        var withoutPost = Map.of("quarkus.mailer.dkim.enabled", "true", SIGNED, "from,to,subject,List-Unsubscribe");

        assertThat(faults(withoutPost)).singleElement().asString().startsWith(SIGNED + " must contain List-Unsubscribe-Post");
        assertThat(faults(Map.of("quarkus.mailer.dkim.enabled", "true", SIGNED, "From, list-unsubscribe, List-Unsubscribe-Post")))
                .isEmpty();
        assertThat(faults(Map.of(SIGNED, "From"))).as("DKIM is off").isEmpty();
    }

    @Test
    void aMockThatWouldSendMailsIsRefused() {
        assertThat(faults(Map.of("quarkus.mailer.mock", "true"))).singleElement().asString().contains("approved-recipients");
    }

    @Test
    void errorsOfTheRecipientMustNotBeAllowed() {
        assertThat(faults(Map.of("quarkus.mailer.allow-rcpt-errors", "true"))).singleElement().asString()
                .startsWith("quarkus.mailer.allow-rcpt-errors is true").contains("refused its recipient");
        assertThat(faults(Map.of("quarkus.mailer.allow-rcpt-errors", "false"))).isEmpty();
    }

    private static List<String> faults(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 100)).build();
        return MailSettings.faults(config);
    }
}
