package io.weekly.audit.seal;

import io.weekly.audit.Sha256;
import io.weekly.audit.seal.IdRanges.IdRange;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the events of one seal, in ascending order of their ids: first the late ones, then those of the range. */
final class EventDigest {

    private static final String LABEL = "weekly-reports audit events 1";

    private final MessageDigest digest = Sha256.digest();
    private final List<IdRange> gaps = new ArrayList<>();
    private final List<Long> late = new ArrayList<>();
    private final long firstId;
    private long lastId;
    private int events;
    private @Nullable Long oldest;
    private @Nullable Long newest;

    /** @param firstId the first id of the range; events below it are late */
    EventDigest(long firstId) {
        this.firstId = firstId;
        this.lastId = firstId - 1;
        digest.update(new CanonicalBytes().text(LABEL).toByteArray());
    }

    void add(SealedEvent event) {
        digest.update(event.bytes());
        events++;
        var at = event.atMicros();
        if (at != null) {
            oldest = oldest == null ? at : Math.min(oldest, at);
            newest = newest == null ? at : Math.max(newest, at);
        }
        if (event.id() < firstId) {
            late.add(event.id());
        } else {
            if (event.id() > lastId + 1) {
                gaps.add(new IdRange(lastId + 1, event.id() - 1));
            }
            lastId = event.id();
        }
    }

    int events() {
        return events;
    }

    int gapCount() {
        return gaps.size();
    }

    long lastId() {
        return lastId;
    }

    IdRanges gaps() {
        return new IdRanges(gaps);
    }

    IdRanges late() {
        return IdRanges.of(late.stream().mapToLong(Long::longValue));
    }

    @Nullable Long oldestMicros() {
        return oldest;
    }

    @Nullable Long newestMicros() {
        return newest;
    }

    /** SHA-256 as hex digits. Ends the digest: nothing can be added after it. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
