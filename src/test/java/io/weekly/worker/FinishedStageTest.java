package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.audit.AuditEvent;
import io.weekly.audit.PersonalText;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.HandOver.Sign;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Priority;
import io.weekly.report.FileType;
import io.weekly.report.ReportChange;
import io.weekly.report.ReportStatus;
import io.weekly.report.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each outcome makes of a report, its job, its trail and its meter. */
class FinishedStageTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant END = START.plusSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(90);
    private static final int ATTEMPT = 2;

    private final TaskOfTest report = new TaskOfTest();

    @Test
    void storedFilesMakeAReportGeneratedAndTheTrailNamesAllButTheMail() {
        var pdf = new StoredFile("pdf", FileType.PDF, 10, "a".repeat(64), "x.pdf", START, END);
        var mail = new StoredFile(StoredFile.MAIL, FileType.JSON, 5, "b".repeat(64), "x.json", START, END);

        var finished = finished(new Outcome.Generated("v7", List.of(pdf, mail), List.of()));

        assertThat(change(finished)).isEqualTo(new ReportChange(
                report.task(), ReportStatus.QUEUED, ReportStatus.GENERATED, ATTEMPT, null, START, END, null, "v7"));
        assertEvent(finished, "report.generated", Map.of(
                "attempt", ATTEMPT, "files", List.of(Map.of("format", "pdf", "bytes", 10L, "sha256", "a".repeat(64)))));
        assertJobEnds(finished, "generated");
    }

    @Test
    void theTrailSaysThatFilesHaveAPassword() {
        report.hasPassword = true;

        var finished = finished(new Outcome.Generated("v7", List.of(), List.of()));

        assertEvent(finished, "report.generated", Map.of("attempt", ATTEMPT, "files", List.of(), "protected", true));
    }

    @Test
    void anAcceptedMailMakesAReportDelivered() {
        report.status = ReportStatus.GENERATED;

        var finished = finished(new Outcome.HandedOver(new HandOver.Accepted("250 ok")));

        assertThat(change(finished)).isEqualTo(new ReportChange(
                report.task(), ReportStatus.GENERATED, ReportStatus.DELIVERED, ATTEMPT, null, START, null, END, null));
        assertEvent(finished, "report.delivered", Map.of("attempt", ATTEMPT, "outcome", "accepted"));
        assertJobEnds(finished, "handedover");
    }

    @Test
    void aRejectedMailMakesAReportBouncedWithTheReplyAsReason() {
        report.status = ReportStatus.GENERATED;

        var finished = finished(new Outcome.HandedOver(new HandOver.Rejected("550 no such user")));

        assertChange(finished, ReportStatus.BOUNCED, "550 no such user");
        assertEvent(finished, "report.bounced", Map.of("attempt", ATTEMPT, "outcome", "rejected", "reason", text("550 no such user")));
        assertJobEnds(finished, "handedover");
    }

    @Test
    void everyOtherEndHasItsStatusItsReasonAndItsEvent() {
        var ends = Map.of(
                Outcome.failed("why"), ReportStatus.FAILED,
                Outcome.unknown("why"), ReportStatus.UNKNOWN,
                Outcome.suppressed("why"), ReportStatus.SUPPRESSED,
                Outcome.skipped("why"), ReportStatus.SKIPPED,
                Outcome.cancelled("why"), ReportStatus.CANCELLED);

        assertThat(ends).allSatisfy((outcome, status) -> {
            var finished = finished(outcome);
            assertChange(finished, status, "why");
            assertEvent(finished, "report." + status.text(), Map.of("attempt", ATTEMPT, "reason", text("why")));
            assertJobEnds(finished, status.text());
        });
    }

    @Test
    void theTrailSaysHowTheDialogueEndedThatWasTheLast() {
        var finished = finished(new Outcome.Ended(ReportStatus.UNKNOWN, "cut", new HandOver.Unknown("cut")));

        assertEvent(finished, "report.unknown", Map.of("attempt", ATTEMPT, "outcome", "unknown", "reason", text("cut")));
    }

    @Test
    void aFailureThatMayPassLeavesTheStatusAndSaysWhenItIsTriedAgain() {
        var finished = finished(Outcome.Retry.afterFailure("no connection", PAUSE));

        assertChange(finished, ReportStatus.QUEUED, "no connection");
        assertEvent(finished, "report.deferred", Map.of("attempt", ATTEMPT, "pauseSeconds", 90L, "reason", text("no connection")));
        assertJobStays(finished, "again");
    }

    @Test
    void aMailThatMayBeOutLeavesTheStatusAndSaysHowTheDialogueEnded() {
        report.status = ReportStatus.GENERATED;

        var finished = finished(Outcome.Retry.afterUnknown("cut", PAUSE, new HandOver.Unknown("cut")));

        assertChange(finished, ReportStatus.GENERATED, "cut");
        assertEvent(finished, "report.deferred", Map.of(
                "attempt", ATTEMPT, "outcome", "unknown", "pauseSeconds", 90L, "reason", text("cut")));
        assertJobStays(finished, "againafterunknown");
    }

    @Test
    void aDeferredMailLeavesTheStatusAndCountsItsDialogues() {
        report.status = ReportStatus.GENERATED;

        var finished = finished(Outcome.Retry.afterDeferral(new HandOver.Deferred("421 busy", Sign.REFUSES, ReplyClass.SERVICE), 4, PAUSE));

        assertChange(finished, ReportStatus.GENERATED, "421 busy");
        assertEvent(finished, "report.deferred", Map.of(
                "attempt", ATTEMPT, "outcome", "deferred", "dialogue", 4, "pauseSeconds", 90L, "reason", text("421 busy")));
        assertJobStays(finished, "deferred");
    }

    @Test
    void aStageThatMayNotBeginYetChangesNoReportAndSaysUntilWhen() {
        var finished = finished(Outcome.Retry.notBegun("not at this hour", PAUSE));

        assertThat(finished.change()).isEmpty();
        assertEvent(finished, "report.put-off", Map.of("until", "2026-11-23T08:01:32Z", "reason", text("not at this hour")));
        assertJobStays(finished, "putoff");
    }

    @Test
    void aStageWhoseTenantHasNoSlotChangesNoReportAndLeavesNoTrail() {
        var finished = finished(Outcome.Retry.noSlot("one at a time", PAUSE));

        assertThat(finished.change()).isEmpty();
        assertThat(finished.event()).isEmpty();
        assertJobStays(finished, "noslot");
    }

    @Test
    void aStageWithNothingToDoOnlyEndsItsJob() {
        var finished = finished(new Outcome.NothingToDo());

        assertThat(finished.change()).isEmpty();
        assertThat(finished.event()).isEmpty();
        assertJobEnds(finished, "moot");
    }

    @Test
    void aReportThatIsGoneHasNeitherChangeNorEvent() {
        var finished = new FinishedStage(lease(), Optional.empty(), START, END, Outcome.failed("why"));

        assertThat(finished.change()).isEmpty();
        assertThat(finished.event()).isEmpty();
    }

    private FinishedStage finished(Outcome outcome) {
        return new FinishedStage(lease(), Optional.of(report.task()), START, END, outcome);
    }

    private static Lease lease() {
        return new Lease(1, 1, Lane.GENERATE, Priority.BULK, 3, "7".repeat(32), ATTEMPT, false, Duration.ZERO);
    }

    private static ReportChange change(FinishedStage finished) {
        return finished.change().orElseThrow();
    }

    private void assertChange(FinishedStage finished, ReportStatus to, String error) {
        assertThat(change(finished)).isEqualTo(new ReportChange(
                report.task(), report.status, to, ATTEMPT, error, START, null, null, null));
    }

    private void assertEvent(FinishedStage finished, String name, Map<String, Object> detail) {
        assertThat(finished.event()).contains(
                new AuditEvent(3, END, AuditEvent.SERVICE, name, report.task().reportId(), detail));
    }

    private PersonalText text(String text) {
        return PersonalText.ofRecipient(report.task().recipient().id(), text);
    }

    private static void assertJobEnds(FinishedStage finished, String meterTag) {
        assertThat(finished.isTriedAgain()).isFalse();
        assertThat(finished.outcome().meterTag()).isEqualTo(meterTag);
    }

    private static void assertJobStays(FinishedStage finished, String meterTag) {
        assertThat(finished.isTriedAgain()).isTrue();
        assertThat(finished.outcome().meterTag()).isEqualTo(meterTag);
    }
}
