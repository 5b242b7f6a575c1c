package io.weekly.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    NOT_BEGUN("report.put-off", "putoff", false),
    /** The recipient's domain takes no mails from us now. It is an event of the domain, once, and not of each report. */
    DOMAIN(null, "domainpaused", false),
    /** The tenant has no slot now ({@link TenantRenderSlots}). It is no event of the report, because it may happen twice a minute. */
    NO_SLOT(null, "noslot", false);

    private final @Nullable String event;
    private final String meterTag;
    private final boolean mailMayBeOut;

    RetryCause(@Nullable String event, String meterTag, boolean mailMayBeOut) {
        this.event = event;
        this.meterTag = meterTag;
        this.mailMayBeOut = mailMayBeOut;
    }

    /** The name of the audit event; empty if there is none. */
    Optional<String> event() {
        return Optional.ofNullable(event);
    }

    String meterTag() {
        return meterTag;
    }

    boolean mailMayBeOut() {
        return mailMayBeOut;
    }
}
