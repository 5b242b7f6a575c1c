package io.weekly.report;

/** A report whose mail system says something after the dialogue. The caller's transaction has locked its job and its row. */
public final class LateReport {

    private final LockedReport locked;

    LateReport(LockedReport locked) {
        this.locked = locked;
    }

    /** What an event about the mail can still change. */
    public enum State {
        /** A worker sends the mail now, or is about to write how the dialogue ended. The event can be applied after that. */
        BEING_SENT,
        /** The mail was accepted, or nobody knows whether it was: the report can still end in another way. */
        CHANGEABLE,
        /** The report has ended without a mail, or waits to be generated again. The first definite end counts. */
        DECIDED
    }

    /** What an event about its latest mail can still change. */
    public State state() {
        return switch (locked.stored()) {
            case DELIVERED, UNKNOWN -> State.CHANGEABLE;
            case GENERATED -> locked.job().map(job -> job.leased() ? State.BEING_SENT : State.CHANGEABLE).orElse(State.DECIDED);
            case QUEUED, GENERATING, DELIVERING, BOUNCED, FAILED, SUPPRESSED, SKIPPED, CANCELLED -> State.DECIDED;
        };
    }

    /** The stored status. */
    public ReportStatus status() {
        return locked.stored();
    }

    /** Whether its files can be mailed again in another way: they were attached to the mail and are kept, and its run is not stopped. */
    public boolean canBeMailedWithLink() {
        return locked.delivery() == DeliveryMode.ATTACHMENT && locked.kept() && !locked.runIsStopped();
    }

    LockedReport locked() {
        return locked;
    }
}
