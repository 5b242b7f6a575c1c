package io.weekly.worker;

import io.weekly.delivery.HandOver;
import io.weekly.report.ReportStatus;
import io.weekly.report.StoredFile;
import io.weekly.text.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stage ended, and what that means for the report, its job and its delivery. It is a plain value. {@link FinishedStage} derives the
 * changes from it, and only {@link OutcomeWriter} writes them to the database.
 */
sealed interface Outcome {

    /** The status that the report gets; empty if its status stays. */
    default Optional<ReportStatus> status() {
        return Optional.empty();
    }

    /** Why the stage failed, why nothing was sent, or why the stage is tried again; null if nothing is wrong. */
    default @Nullable String why() {
        return null;
    }

    /** {@link #why()}; empty if nothing is wrong. */
    default Optional<String> reason() {
        return Optional.ofNullable(why());
    }

    /** How the dialogue with the mail server ended; null if there was none in this attempt. */
    default @Nullable HandOver dialogue() {
        return null;
    }

    /** {@link #dialogue()}; empty if there was none in this attempt. */
    default Optional<HandOver> handOver() {
        return Optional.ofNullable(dialogue());
    }

    /** The name of the audit event; empty if nothing happened. */
    default Optional<String> event() {
        return status().map(status -> "report." + status.text());
    }

    /** Whether the report's row changes. */
    default boolean changesReport() {
        return status().isPresent();
    }

    /** The tag {@code outcome} of the meter {@code weekly.stage}. Dashboards use these words: they stay when a type is renamed. */
    String meterTag();

    /** The files are stored. The warnings say what their readers do not see. */
    record Generated(String definitionVersion, List<StoredFile> files, List<Warning> warnings) implements Outcome {

        @Override
        public Optional<ReportStatus> status() {
            return Optional.of(ReportStatus.GENERATED);
        }

        @Override
        public String meterTag() {
            return "generated";
        }
    }

    /** The mail server gave a final answer: it accepted the mail, or rejected it for this recipient. */
    record HandedOver(HandOver dialogue) implements Outcome {

        @Override
        public Optional<ReportStatus> status() {
            return Optional.of(isAccepted() ? ReportStatus.DELIVERED : ReportStatus.BOUNCED);
        }

        @Override
        public @Nullable String why() {
            return isAccepted() ? null : dialogue.reply();
        }

        @Override
        public String meterTag() {
            return "handedover";
        }

        boolean isAccepted() {
            return dialogue instanceof HandOver.Accepted;
        }
    }

    /**
     * The report ends without a final answer of the mail server: its status becomes unknown, suppressed, skipped, cancelled or failed.
     *
     * @param end its last status
     * @param why for the person who can act on it
     * @param dialogue how the dialogue with the mail server ended; null if there was none
     */
    record Ended(ReportStatus end, String why, @Nullable HandOver dialogue) implements Outcome {

        @Override
        public Optional<ReportStatus> status() {
            return Optional.of(end);
        }

        @Override
        public String meterTag() {
            return end.text();
        }
    }

    /**
     * The stage is tried again after the pause.
     *
     * @param why for the person who looks after the report
     * @param dialogues how many dialogues with the mail server this delivery has had; 0 unless the server deferred the mail
     * @param dialogue how the last of them ended; null if there was none in this attempt
     */
    record Retry(RetryCause cause, String why, Duration pause, int dialogues, @Nullable HandOver dialogue) implements Outcome {

        /** Something failed, and nothing was sent. */
        static Retry afterFailure(String why, Duration pause) {
            return new Retry(RetryCause.FAILURE, why, pause, 0, null);
        }

        /** The mail may have been sent. */
        static Retry afterUnknown(String why, Duration pause, @Nullable HandOver dialogue) {
            return new Retry(RetryCause.UNKNOWN, why, pause, 0, dialogue);
        }

        /** The mail server deferred the mail, or could not be reached. */
        static Retry afterDeferral(HandOver.Deferred answer, int dialogues, Duration pause) {
            return new Retry(RetryCause.DEFERRAL, answer.reply(), pause, dialogues, answer);
        }

        /** The stage may not begin yet, or could not do its work because a database was away. The attempt does not count. */
        static Retry notBegun(String why, Duration pause) {
            return new Retry(RetryCause.NOT_BEGUN, why, pause, 0, null);
        }

        /** There is no dialogue now, because the recipient's domain is paused or limited. The attempt does not count. */
        static Retry putOffByDomain(String why, Duration pause) {
            return new Retry(RetryCause.DOMAIN, why, pause, 0, null);
        }

        /** The stage may not begin yet, because the tenant has no slot now. */
        static Retry noSlot(String why, Duration pause) {
            return new Retry(RetryCause.NO_SLOT, why, pause, 0, null);
        }

        @Override
        public Optional<String> event() {
            return cause.event();
        }

        @Override
        public boolean changesReport() {
            return cause != RetryCause.NOT_BEGUN && cause != RetryCause.NO_SLOT;
        }

        @Override
        public String meterTag() {
            return cause.meterTag();
        }
    }

    /** There is nothing to do: the report does not exist, its status does not belong to this stage any more, or the lease was lost. */
    record NothingToDo() implements Outcome {

        @Override
        public String meterTag() {
            return "moot";
        }
    }

    /** The report failed permanently. */
    static Ended failed(String why) {
        return new Ended(ReportStatus.FAILED, why, null);
    }

    /** It is unknown whether the mail was sent, and the service does not send it again. */
    static Ended unknown(String why) {
        return new Ended(ReportStatus.UNKNOWN, why, null);
    }

    /** The recipient gets no mail. */
    static Ended suppressed(String why) {
        return new Ended(ReportStatus.SUPPRESSED, why, null);
    }

    /** The recipient gets no mail this time, but may get the next. */
    static Ended skipped(String why) {
        return new Ended(ReportStatus.SKIPPED, why, null);
    }

    /** Somebody cancelled it. */
    static Ended cancelled(String why) {
        return new Ended(ReportStatus.CANCELLED, why, null);
    }
}
