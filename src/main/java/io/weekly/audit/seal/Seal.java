package io.weekly.audit.seal;

import io.weekly.audit.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement about events. The range of ids follows on that of the seal before, so it begins with the gap before its first event.
 *
 * @param number 1, 2, 3, without gaps
 * @param firstId first id of the range
 * @param lastId last id of the range; {@code firstId - 1} if it has no events
 * @param gaps ids of the range that no event had
 * @param late events of earlier ranges that became visible after their range was sealed
 * @param events how many events it seals: the range without the gaps, and the late ones
 * @param oldestMicros the earliest time of the events, in microseconds since 1970; null without events
 * @param newestMicros the latest
 * @param hash SHA-256 over the events, as hex digits
 * @param previous {@link #statementHash} of the seal before; {@link #NO_PREVIOUS} for the first
 * @param sealedMicros when it was sealed, by the database's time
 * @param prunedTo says that the events of the seals up to this number were removed; null if it says nothing of that kind
 * @param keyId the key that signed it
 * @param signature Ed25519 over {@link #statement}, in Base64
 */
record Seal(
        long number,
        long firstId,
        long lastId,
        IdRanges gaps,
        IdRanges late,
        int events,
        @Nullable Long oldestMicros,
        @Nullable Long newestMicros,
        String hash,
        String previous,
        long sealedMicros,
        @Nullable Long prunedTo,
        String keyId,
        String signature) {

    static final String NO_PREVIOUS = "0".repeat(64);
    private static final String LABEL = "weekly-reports audit seal 1";

    /** The seal after {@code head}, not signed yet. */
    static Seal after(@Nullable Seal head, EventDigest digest, long sealedMicros, @Nullable Long prunedTo, String keyId) {
        return new Seal(
                head == null ? 1 : head.number() + 1,
                head == null ? 1 : head.lastId() + 1,
                digest.lastId(),
                digest.gaps(),
                digest.late(),
                digest.events(),
                digest.oldestMicros(),
                digest.newestMicros(),
                digest.hash(),
                head == null ? NO_PREVIOUS : head.statementHash(),
                sealedMicros,
                prunedTo,
                keyId,
                "");
    }

    Seal signed(String signature) {
        return new Seal(
                number, firstId, lastId, gaps, late, events, oldestMicros, newestMicros, hash, previous, sealedMicros, prunedTo, keyId,
                signature);
    }

    /** What is signed: all fields but the signature. */
    byte[] statement() {
        return new CanonicalBytes()
                .text(LABEL)
                .number(number)
                .number(firstId)
                .number(lastId)
                .text(gaps.text())
                .text(late.text())
                .number(events)
                .number(oldestMicros)
                .number(newestMicros)
                .text(hash)
                .text(previous)
                .number(sealedMicros)
                .number(prunedTo)
                .text(keyId)
                .toByteArray();
    }

    /** SHA-256 over the statement, as hex digits. The next seal and the anchors have it. */
    String statementHash() {
        return Sha256.hex(statement());
    }

    /** The ids of its events, ascending. */
    LongStream ids() {
        return LongStream.concat(late.ids(), gaps.complement(firstId, lastId).ids());
    }

    Instant sealedAt() {
        return instant(sealedMicros);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Whether the range may still get late events: it was sealed at most this long before the newest seal. */
    boolean mayGetLateEvents(Seal newest, Duration late) {
        return sealedMicros > newest.sealedMicros - late.toNanos() / 1000;
    }
}
