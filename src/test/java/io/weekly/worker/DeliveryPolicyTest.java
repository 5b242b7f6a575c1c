package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.delivery.HandOver;
import io.weekly.report.ReportStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryPolicyTest {

    private static final HandOver.TooLarge FIRST = new HandOver.TooLarge("552 5.3.4 message too big");

    @Test
    void theReplyOfTheFirstDialogueIsKeptIfTheSecondOneDoesNotBegin() {
        var skipped = DeliveryPolicy.afterSecondDialogue(Outcome.skipped("another run has mailed it"), FIRST);
        assertThat(skipped.status()).contains(ReportStatus.SKIPPED);
        assertThat(skipped.handOver()).contains(FIRST);
        assertThat(skipped.why()).contains("another run has mailed it").contains("552 5.3.4");

        var waits = DeliveryPolicy.afterSecondDialogue(Outcome.Retry.notBegun("later", Duration.ofSeconds(1)), FIRST);
        assertThat(waits.handOver()).contains(FIRST);
        assertThat(waits.why()).isEqualTo("later");
    }

    @Test
    void theReplyOfTheSecondDialogueCountsIfThereWasOne() {
        var second = new Outcome.HandedOver(new HandOver.Accepted("250 ok"));

        assertThat(DeliveryPolicy.afterSecondDialogue(second, FIRST)).isSameAs(second);
    }
}
