package io.weekly.worker;

import io.weekly.delivery.HandOver;
import io.weekly.report.StoredFile;
import java.time.Duration;
import java.util.List;

/** How a stage ended. Only {@link BatchCompleter} turns it into rows. */
sealed interface Outcome {

    /** The files are stored. */
    record Generated(String definitionVersion, List<StoredFile> files) implements Outcome {}

    /** The mail server answered, for good: accepted, or rejected for this recipient. */
    record HandedOver(HandOver handOver) implements Outcome {}

    /** Nobody can tell whether the mail went out, and policy says hold. */
    record Unknown(String reason) implements Outcome {}

    /** The recipient gets no mail. */
    record Suppressed(String reason) implements Outcome {}

    /** The recipient gets no mail this time; it may the next. */
    record Skipped(String reason) implements Outcome {}

    /** Somebody has called it off. */
    record Cancelled(String reason) implements Outcome {}

    /** Not now; tried again after the pause. */
    record Again(String reason, Duration pause) implements Outcome {}

    /**
     * The mail server said "not now", or could not be reached; handed over again after the pause, at no cost of an attempt.
     *
     * @param dialogues that this delivery has had
     */
    record Deferred(String reply, int dialogues, Duration pause) implements Outcome {}

    /** As {@link Again}, but the mail may have gone out: the next attempt has to know. */
    record AgainAfterUnknown(String reason, Duration pause) implements Outcome {}

    /** Not at this hour; begun after the pause as if it had never been claimed: nothing was tried. */
    record PutOff(String reason, Duration pause) implements Outcome {}

    /** For good; the reason is for whoever can act on it. */
    record Failed(String reason) implements Outcome {}

    /** There is nothing to do: the report was cancelled or is gone. */
    record Moot() implements Outcome {}
}
