package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.ReportVerb.Situation;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReportVerbTest {

    private static final String TABLE =
            """
            status     | to be mailed, kept | to be mailed, not kept | not to be mailed, kept | not to be mailed, not kept
            queued     | cancellation       | cancellation           | cancellation           | cancellation
            generating |                    |                        |                        |
            generated  | cancellation       | cancellation           | deliveries             |
            delivering |                    |                        |                        |
            delivered  | deliveries         |                        | deliveries             |
            bounced    | retry deliveries   | retry                  | retry deliveries       | retry
            failed     | retry deliveries   | retry                  | retry deliveries       | retry
            suppressed | retry deliveries   | retry                  | retry deliveries       | retry
            skipped    | retry deliveries   | retry                  | retry deliveries       | retry
            cancelled  | retry deliveries   | retry                  | retry deliveries       | retry
            unknown    | retry deliveries   | retry                  | retry deliveries       | retry""";

    @ParameterizedTest
    @CsvSource(textBlock = TABLE, delimiter = '|', useHeadersInDisplayName = true, emptyValue = "", nullValues = "-")
    void whatIsAllowedDependsOnTheStatus(
            String status, String mailedKept, String mailed, String fetchedKept, String fetched) {
        var seen = ReportStatus.of(status).orElseThrow();

        assertThat(allowed(new Situation(seen, DeliveryMode.ATTACHMENT, false, false, true))).isEqualTo(text(mailedKept));
        assertThat(allowed(new Situation(seen, DeliveryMode.ATTACHMENT, false, false, false))).isEqualTo(text(mailed));
        assertThat(allowed(new Situation(seen, DeliveryMode.NONE, false, false, true))).isEqualTo(text(fetchedKept));
        assertThat(allowed(new Situation(seen, DeliveryMode.NONE, false, false, false))).isEqualTo(text(fetched));
    }

    @Test
    void theTableHasEveryStatus() {
        assertThat(TABLE.lines().skip(1).map(line -> line.split(" ", 2)[0]).map(status -> ReportStatus.of(status).orElseThrow()))
                .containsExactlyInAnyOrder(ReportStatus.values());
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "GENERATED"})
    void aMailThatMayHaveBeenSentCannotBeCancelled(ReportStatus status) {
        assertThat(allowed(new Situation(status, DeliveryMode.ATTACHMENT, true, false, true))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "BOUNCED", "FAILED", "CANCELLED", "UNKNOWN"})
    void nothingIsAllowedWhileTheRunIsStopped(ReportStatus status) {
        var report = new Situation(status, DeliveryMode.ATTACHMENT, false, true, true);

        assertThat(allowed(report)).isEmpty();
        assertThat(ReportVerb.RETRY.refusal(report)).isEqualTo(
                "The report is %s (its run is held or being cancelled), which allows no retry. Ask again when that has ended."
                        .formatted(status.text()));
    }

    @Test
    void aRefusalNamesTheStatusAndWhatItAllows() {
        assertThat(ReportVerb.CANCELLATION.refusal(new Situation(ReportStatus.FAILED, DeliveryMode.ATTACHMENT, false, false, true)))
                .isEqualTo("The report is failed, which allows no cancellation. Allowed now: retry, deliveries.");
        assertThat(ReportVerb.RETRY.refusal(new Situation(ReportStatus.DELIVERING, DeliveryMode.ATTACHMENT, true, false, true)))
                .isEqualTo("The report is delivering, which allows no retry. Ask again when that has ended.");
        assertThat(ReportVerb.CANCELLATION.refusal(new Situation(ReportStatus.GENERATED, DeliveryMode.ATTACHMENT, true, false, true)))
                .isEqualTo("The report is generated (its mail may be out), which allows no cancellation. Ask again when that has ended.");
        assertThat(ReportVerb.DELIVERIES.refusal(new Situation(ReportStatus.DELIVERED, DeliveryMode.ATTACHMENT, false, false, false)))
                .isEqualTo("The report is delivered (its files are not kept), which allows no deliveries. Ask for a new one.");
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    private static String allowed(Situation report) {
        return Arrays.stream(ReportVerb.values())
                .filter(verb -> verb.isAllowed(report))
                .map(ReportVerb::text)
                .collect(Collectors.joining(" "));
    }
}
