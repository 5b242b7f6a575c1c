package io.weekly.worker;

/**
 * Why a stage is tried again. The cause decides the audit event, the meter, and whether the next attempt must know that the mail may have
 * been sent.
 */
enum RetryCause {
    /** Something failed on our side, or in the platform's database. */
    FAILURE("report.deferred", "again", false),
    /** The mail may have been sent, and the next attempt must know that. */
    UNKNOWN("report.deferred", "againafterunknown", true),
    /** The mail server deferred the mail, or could not be reached. Nothing failed on our side. */
    DEFERRAL("report.deferred", "deferred", false),
    /** The stage may not begin yet, for example because datasets may not be read at this hour, or a database was away. */
    NOT_BEGUN("report.put-off", "putoff", false);

    private final String event;
    private final String meterTag;
    private final boolean mailMayBeOut;

    RetryCause(String event, String meterTag, boolean mailMayBeOut) {
        this.event = event;
        this.meterTag = meterTag;
        this.mailMayBeOut = mailMayBeOut;
    }

    String event() {
        return event;
    }

    String meterTag() {
        return meterTag;
    }

    boolean mailMayBeOut() {
        return mailMayBeOut;
    }
}
