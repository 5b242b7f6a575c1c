package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReferenceTest {

    private static final String REPORT = "0193a1b2c3d47e5f8a9b0c1d2e3f4a5b";

    @Test
    void theMessageIdAndTheHeaderNameTheDelivery() {
        var delivery = new DeliveryReference(REPORT, 3);

        assertThat(DeliveryReference.ofText(delivery.text())).contains(delivery);
        assertThat(DeliveryReference.ofMessageId(delivery.messageId("acme.test"))).contains(delivery);
        assertThat(DeliveryReference.ofMessageId(REPORT + ".3@another.test")).contains(delivery);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "@", "<@>", "<" + REPORT + "@acme.test>", "<" + REPORT + ".0@acme.test>", "<" + REPORT + ".-1@acme.test>",
        "<" + REPORT + ".deadline@acme.test>", "<" + REPORT + ".99999999999@acme.test>", "<x" + REPORT + ".1@acme.test>", "<a@b>"
    })
    void anotherMessageIdNamesNone(String messageId) {
        assertThat(DeliveryReference.ofMessageId(messageId)).isEmpty();
    }
}
