package io.weekly.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weekly.database.DatabaseAwayException;
import io.weekly.delivery.reply.MailReply;
import io.weekly.queue.Lane;
import io.weekly.queue.LaneStats;
import io.weekly.queue.Lease;
import io.weekly.report.ReportStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Writes the log lines and meters of the workers of this process. Each method is named after an event.
 *
 * <p>A failure because the database is unavailable is not logged here, because package {@code database} logs the outage once. Replies of
 * the mail server are not logged, because they may quote the recipient's address: the report's events and its delivery have them.
 */
@ApplicationScoped
class WorkerEvents {

    private static final Logger STAGES = Logger.getLogger("io.weekly.stages");
    private static final Logger MAIL_SERVER = Logger.getLogger("io.weekly.delivery");
    private static final Logger LANES = Logger.getLogger("io.weekly.worker");

    private static final String IN_ITS_EVENTS = "its events have the reply";

    private final MeterRegistry meters;
    private final LaneStats stats;

    WorkerEvents(MeterRegistry meters, LaneStats stats) {
        this.meters = meters;
        this.stats = stats;
    }

    /** The process started, with these lanes. */
    void lanesStarted(List<String> lanes) {
        LANES.infof("working lanes: %s", lanes.isEmpty() ? "none" : lanes);
    }

    /** The deliver lane follows the mail server; its number of slots is a meter. */
    void deliverSlotsCreated(Supplier<Slots> slots) {
        Gauge.builder("weekly.deliver.places", slots, now -> now.get().count())
                .description("Mails that this process may hand over at the same time: what the mail server takes; 0 while it waits for it")
                .strongReference(true)
                .register(meters);
    }

    /** The render pool exists; its abandoned threads are a meter. */
    void renderPoolCreated(IntSupplier abandoned) {
        Gauge.builder("weekly.render.abandoned", abandoned, IntSupplier::getAsInt)
                .description("Threads that continue a rendering that has timed out; the liveness check fails if they are more than half")
                .strongReference(true)
                .register(meters);
    }

    void claimFailed(Lane lane, Throwable failure) {
        if (DatabaseAwayException.isNot(failure)) {
            LANES.errorf(failure, "lane %s could not claim; the next poll tries again", lane.sql());
        }
    }

    /** A stage turns the failures that it expects into outcomes. This failure was not expected, so it is a bug of the service. */
    void stageBroke(Lease lease, Throwable failure) {
        LANES.errorf(failure, "report %s: lane %s broke; its lease will run out", lease.reportId(), lease.lane().sql());
    }

    /** The end of a stage was written. Successful stages are counted and not logged. */
    void stageEnded(FinishedStage finished) {
        time(finished, finished.outcome().meterTag());
        if (!finished.isTriedAgain()) {
            stats.ended(finished.lease().lane(), finished.outcome().status().filter(ReportStatus.FAILED::equals).isPresent());
        }
        switch (finished.outcome()) {
            case Outcome.Ended ended -> reportEnded(finished, ended);
            case Outcome.Retry retry -> retryScheduled(finished, retry);
            // A bounced report is no event for operators: its run's ledger has it.
            case Outcome.Generated _, Outcome.HandedOver _, Outcome.NothingToDo _ -> {}
        }
    }

    private static void reportEnded(FinishedStage finished, Outcome.Ended ended) {
        var report = finished.lease().reportId();
        switch (ended.end()) {
            case FAILED -> failed(ended, report, finished.lease().lane());
            case UNKNOWN -> STAGES.errorf(
                    "report %s: nobody knows whether the mail went out: %s", report, loggedReason(ended, ended.why()));
            default -> {}
        }
    }

    /** Refusals of mails are logged once for their domain, or for the mail server: a run may have 100,000 of them. */
    private static void failed(Outcome.Ended ended, String report, Lane lane) {
        if (ended.handOver().isEmpty()) {
            STAGES.errorf("report %s: %s failed permanently: %s", report, lane.sql(), ended.why());
        }
    }

    private static void retryScheduled(FinishedStage finished, Outcome.Retry retry) {
        var report = finished.lease().reportId();
        switch (retry.cause()) {
            case FAILURE -> STAGES.warnf("report %s: %s is tried again in %s: %s",
                    report, finished.lease().lane().sql(), retry.pause(), loggedReason(retry, retry.why()));
            case UNKNOWN -> STAGES.warnf("report %s: the mail may have gone out, it is sent once more in %s: %s",
                    report, retry.pause(), loggedReason(retry, retry.why()));
            // Otherwise a mail server that is unavailable for a night would cause one line for each attempt of each mail.
            case DEFERRAL, NOT_BEGUN, NO_SLOT, DOMAIN -> {}
        }
    }

    private static String loggedReason(Outcome outcome, String why) {
        return outcome.handOver().isPresent() ? IN_ITS_EVENTS : why;
    }

    /** A stage ended, but its lease was lost before: nothing was written. */
    void leaseLost(FinishedStage finished) {
        time(finished, "leaselost");
        STAGES.warnf("report %s: its lease was lost before %s ended; nothing was changed",
                finished.lease().reportId(), finished.lease().lane().sql());
    }

    private void time(FinishedStage finished, String outcome) {
        Timer.builder("weekly.stage")
                .description("Stages that ended, from their start to their end")
                .tags("lane", finished.lease().lane().sql(), "outcome", outcome)
                .register(meters)
                .record(Duration.between(finished.startedAt(), finished.endedAt()));
    }

    void batchNotWritten(int stages, Throwable failure) {
        LANES.warnf(failure, "%d finished stages could not be written together; writing one by one", stages);
    }

    /** This is also logged if the database is unavailable, then without a stack trace, because it explains why a report was made twice. */
    void endNotWritten(Lease lease, Throwable failure) {
        LANES.errorf(DatabaseAwayException.isNot(failure) ? failure : null,
                "report %s: the end of %s could not be written; its lease will run out and it is done again",
                lease.reportId(), lease.lane().sql());
    }

    void leasesNotExtended(Lane lane, Throwable failure) {
        LANES.errorf(failure, "the leases of lane %s could not be extended", lane.sql());
    }

    void bufferNotReleased(Lane lane, Throwable failure) {
        LANES.errorf(failure, "lane %s could not release its buffer; the leases will run out", lane.sql());
    }

    void mailServerRefuses(String reply) {
        MAIL_SERVER.warnf("the mail server refuses service: the deliver lane is down to one mail at a time, until it takes more: %s",
                MailReply.withoutAddresses(reply));
    }

    void mailServerRecovered(int slots) {
        MAIL_SERVER.infof("the mail server takes mails again: the deliver lane has all of its %d slots", slots);
    }

    void tenantLimited(int tenantId) {
        LANES.warnf("tenant number %d: a report took longer to render than weekly.render.timeout, so its reports are rendered one at a time"
                + " until one succeeds", tenantId);
    }

    void tenantNotLimited(int tenantId) {
        LANES.infof("tenant number %d: a report was rendered in time, so several are rendered at a time again", tenantId);
    }

    void logoNotDecoded(String tenant, String mediaType, String sha256, String reason) {
        LANES.warnf("the logo of tenant %s (%s, sha256 %s) %s: its reports go without", tenant, mediaType, sha256, reason);
    }

    void hostNameUnknown(String reason) {
        LANES.warnf("this host does not know its name: %s", reason);
    }

    void registryUnavailable(Throwable failure) {
        LANES.errorf("the registry of workers does not answer, so nothing is claimed until it does: %s", failure);
    }

    void registryAvailable() {
        LANES.info("the registry of workers answers again");
    }

    void notDeregistered(Throwable failure) {
        LANES.warnf("this worker could not be taken out of the registry, where it will be forgotten: %s", failure);
    }

    void drainTimedOut(int running) {
        LANES.warnf("%d stages did not end in time", running);
    }

    void lanesDrained() {
        LANES.info("the lanes are drained");
    }
}
