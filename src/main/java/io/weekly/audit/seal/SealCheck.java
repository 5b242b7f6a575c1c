package io.weekly.audit.seal;

import io.weekly.audit.seal.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares events with their seals, and seals with anchors. It reads nothing itself. Call for each seal, in ascending order, {@link
 * #begin}, {@link #event} for each event in ascending order, and {@link #end}; then {@link #anchor} for each anchor; then {@link #verdict}.
 *
 * <p>An event in a gap of a range is a fault, unless a later seal lists it as a late one. So the last seal must be the newest.
 */
final class SealCheck {

    /** More events than this in gaps are a fault even if later seals list them. A seal lists fewer. */
    private static final int MAX_UNLISTED = 10_000;

    private final SealKeys keys;
    private final Predicate<SealedEvent> counted;
    /** The events in gaps, and their seals. */
    private final TreeMap<Long, UnlistedEvent> unlisted = new TreeMap<>();
    private final TreeSet<Fault> faults = new TreeSet<>(Fault.ORDER);

    private @Nullable Seal before;
    private @Nullable Long firstSeal;
    private long prunedTo;
    private @Nullable OpenSeal open;
    private long seals;
    private long checked;
    private long anchors;

    private record UnlistedEvent(Seal seal, boolean counted) {}

    /** @param counted which events {@link Verdict#checked} counts */
    SealCheck(SealKeys keys, Predicate<SealedEvent> counted) {
        this.keys = keys;
        this.counted = counted;
    }

    /**
     * @param before the seal before the first one that is checked; null if that is the first of all
     * @param pruning the newest seal that says that events were removed; null if there is none
     */
    void start(@Nullable Seal before, @Nullable Seal pruning) {
        this.before = before;
        if (before != null) {
            checkStatement(before);
        }
        // A statement that nobody signed with a known key explains nothing. Then the events are missing.
        if (pruning != null && pruning.prunedTo() != null && checkStatement(pruning)) {
            prunedTo = Math.min(pruning.prunedTo(), pruning.number() - 1);
        }
    }

    private boolean checkStatement(Seal seal) {
        if (!keys.knows(seal.keyId())) {
            return fault(Kind.UNKNOWN_KEY.of(seal.number()));
        }
        return keys.isSigned(seal) || fault(Kind.SIGNATURE.of(seal.number()));
    }

    /** Keeps the first faults of {@link Fault#ORDER}. Always false. */
    private boolean fault(Fault fault) {
        faults.add(fault);
        if (faults.size() > Verdict.MAX_FAULTS) {
            faults.removeLast();
        }
        return false;
    }

    /** A table of events or seals is not as the migrations make it. */
    void table(String difference) {
        fault(Kind.TABLE.of(difference));
    }

    /** A seal with a number that no seal can have. */
    void sealBelowFirst(long number) {
        fault(Kind.CHAIN.of(number));
    }

    /** An event with an id below the ranges of all seals. No seal can have it. */
    void belowFirst(long id) {
        fault(Kind.INSERTED.of(1, id));
    }

    /** @return whether the events of the seal must follow. They need not if its ids cannot be trusted */
    boolean begin(Seal seal) {
        seals++;
        firstSeal = firstSeal == null ? seal.number() : firstSeal;
        if (!follows(seal)) {
            fault(Kind.CHAIN.of(seal.number()));
        }
        before = seal;
        seal.late().ids().limit(MAX_UNLISTED).forEach(unlisted::remove);
        var signed = checkStatement(seal);
        open = signed ? new OpenSeal(seal) : null;
        return signed;
    }

    private boolean follows(Seal seal) {
        return before == null
                ? seal.number() == 1 && seal.firstId() == 1 && seal.previous().equals(Seal.NO_PREVIOUS)
                : seal.number() == before.number() + 1
                        && seal.firstId() == before.lastId() + 1
                        && seal.previous().equals(before.statementHash());
    }

    /** An event of the seal, or one in a gap of its range. */
    void event(SealedEvent event) {
        open().event(event);
    }

    private OpenSeal open() {
        if (open == null) {
            throw new IllegalStateException("no seal is open");
        }
        return open;
    }

    void end() {
        open().end();
        open = null;
    }

    /** The events of one seal, while they are read. */
    private final class OpenSeal {
        private final Seal seal;
        private final EventDigest digest;
        private final PrimitiveIterator.OfLong expected;
        private @Nullable Long firstMissing;
        private @Nullable Long first;
        private long ownEvents;

        OpenSeal(Seal seal) {
            this.seal = seal;
            this.digest = new EventDigest(seal.firstId());
            this.expected = seal.ids().iterator();
        }

        void event(SealedEvent event) {
            if (event.id() >= seal.firstId() && seal.gaps().contains(event.id())) {
                notListed(event);
                return;
            }
            skipTo(event.id());
            digest.add(event);
            first = first == null ? event.id() : first;
            ownEvents += counted.test(event) ? 1 : 0;
        }

        private void notListed(SealedEvent event) {
            if (unlisted.size() < MAX_UNLISTED) {
                unlisted.put(event.id(), new UnlistedEvent(seal, counted.test(event)));
            } else {
                fault(Kind.INSERTED.of(seal.number(), event.id()));
            }
        }

        private void skipTo(long id) {
            while (expected.hasNext()) {
                var next = expected.nextLong();
                if (next >= id) {
                    return;
                }
                firstMissing = firstMissing == null ? Long.valueOf(next) : firstMissing;
            }
        }

        void end() {
            if (seal.number() <= prunedTo) {
                Optional.ofNullable(first).ifPresent(id -> fault(Kind.NOT_REMOVED.of(seal.number(), id)));
                return;
            }
            skipTo(Long.MAX_VALUE);
            checked += ownEvents;
            if (firstMissing != null) {
                fault(Kind.MISSING.of(seal.number(), firstMissing));
            } else if (digest.events() != seal.events() || !digest.hash().equals(seal.hash())) {
                fault(Kind.CHANGED.of(seal.number()));
            }
        }
    }

    /**
     * A copy of a seal from outside the database.
     *
     * @param seal the seal with its number in the database; null if there is none
     */
    void anchor(Anchor anchor, @Nullable Seal seal) {
        anchors++;
        if (seal == null || !seal.statementHash().equals(anchor.seal())) {
            fault(Kind.ANCHOR.of(anchor.number()));
        }
    }

    /** A folder of anchors could not be compared, or not as a whole. */
    void anchorsNotCompared() {
        fault(Kind.ANCHORS_UNREADABLE.ofNoSeal());
    }

    /** What is wrong so far. Events in gaps are not among it, because later seals may list them. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /**
     * @param late how long after a range was sealed its late events are sealed ({@code weekly.audit.late})
     * @param tail the events after the last seal
     */
    Verdict verdict(Duration late, UnsealedEvents tail, List<String> notes) {
        var newest = before;
        var pending = 0;
        for (var event : unlisted.entrySet()) {
            var seal = event.getValue().seal();
            if (newest != null && seal.mayGetLateEvents(newest, late)) {
                pending += event.getValue().counted() ? 1 : 0;
            } else {
                fault(Kind.INSERTED.of(seal.number(), event.getKey()));
            }
        }
        return new Verdict(
                faults.isEmpty(),
                checked,
                tail.count() + pending,
                faults.isEmpty() ? null : faults.first(),
                List.copyOf(faults),
                seals,
                firstSeal,
                anchors,
                newest == null ? null : newest.sealedAt(),
                tail.oldestMicros() == null ? null : Seal.instant(tail.oldestMicros()),
                notes);
    }
}
