package io.weekly.audit.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param valid whether everything that was checked is as it was sealed, and all anchors that are configured could be compared
 * @param checked how many events were compared with their seals
 * @param unsealed how many events no seal covers yet, at most {@link SealQueries#MAX_UNSEALED}
 * @param firstBroken the first of the faults; null if valid
 * @param faults the first {@link #MAX_FAULTS} faults, by seal; those that prove no change come last
 * @param seals how many seals were checked
 * @param firstSeal the first seal that was checked; null if none was. Earlier ones were not
 * @param anchors how many anchors were compared with seals
 * @param sealedUntil when the newest seal was made; null if there is none
 * @param unsealedSince the time of the first event that no seal covers; null if there is none
 * @param notes sentences about what limits this verdict
 */
@Schema(name = "AuditVerification")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
        boolean valid,
        long checked,
        long unsealed,
        @Nullable Fault firstBroken,
        List<Fault> faults,
        long seals,
        @Nullable Long firstSeal,
        long anchors,
        @Nullable Instant sealedUntil,
        @Nullable Instant unsealedSince,
        List<String> notes) {

    static final int MAX_FAULTS = 20;

    /** The same without ids of events, for readers who may not see the events of others. */
    Verdict withoutEvents() {
        return new Verdict(
                valid,
                checked,
                unsealed,
                firstBroken == null ? null : firstBroken.withoutEvent(),
                faults.stream().map(Fault::withoutEvent).toList(),
                seals,
                firstSeal,
                anchors,
                sealedUntil,
                unsealedSince,
                notes);
    }
}
