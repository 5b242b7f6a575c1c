package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnwantedTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final TaskOfTest report = new TaskOfTest();

    @Test
    void aReportOfARunForAnActiveRecipientIsWanted() {
        assertWanted();
    }

    @Test
    void aReportOfACancelledRunIsCancelled() {
        report.runCancelled = true;

        assertUnwanted(ReportStatus.CANCELLED, "its run was cancelled");
    }

    @Test
    void aCancelledRunCountsBeforeWhatTheRecipientChose() {
        report.runCancelled = true;
        report.active = false;

        assertUnwanted(ReportStatus.CANCELLED, "its run was cancelled");
    }

    @Test
    void aRecipientWhoIsNotActiveGetsNothingNotEvenAReportThatSomebodyAskedFor() {
        report.active = false;
        report.runId = null;

        assertUnwanted(ReportStatus.SUPPRESSED, "the recipient is not active any more");
    }

    @Test
    void aRecipientOfATenantThatHasEndedGetsNothing() {
        report.tenantEnded = true;

        assertUnwanted(ReportStatus.SUPPRESSED, "the recipient is not active any more");
    }

    @Test
    void aRecipientWhoHasUnsubscribedGetsNoMailOfARun() {
        report.unsubscribed = true;

        assertUnwanted(ReportStatus.SUPPRESSED, "the recipient has unsubscribed from weekly-business");
    }

    @Test
    void aRecipientWhoHasPausedGetsNoMailOfARunUntilThePauseEnds() {
        report.pausedUntil = NOW.plusSeconds(1);

        assertUnwanted(ReportStatus.SKIPPED, "the recipient has paused its reports until 2026-11-23T08:00:01Z");

        report.pausedUntil = NOW;
        assertWanted();
    }

    @Test
    void unsubscribingCountsBeforeAPause() {
        report.unsubscribed = true;
        report.pausedUntil = NOW.plusSeconds(1);

        assertUnwanted(ReportStatus.SUPPRESSED, "the recipient has unsubscribed from weekly-business");
    }

    @Test
    void aReportThatSomebodyAskedForComesInSpiteOfWhatTheRecipientChose() {
        report.unsubscribed = true;
        report.pausedUntil = NOW.plusSeconds(1);
        report.runId = null;

        assertWanted();
    }

    @Test
    void aReportThatIsOnlyStoredIsMadeInSpiteOfWhatTheRecipientChose() {
        report.unsubscribed = true;
        report.pausedUntil = NOW.plusSeconds(1);
        report.delivery = DeliveryMode.NONE;

        assertWanted();
    }

    private void assertWanted() {
        assertThat(Unwanted.outcome(report.task(), NOW)).isEmpty();
    }

    private void assertUnwanted(ReportStatus status, String reason) {
        assertThat(Unwanted.outcome(report.task(), NOW)).contains(new Outcome.Ended(status, reason, null));
    }
}
