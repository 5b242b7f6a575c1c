package io.weekly.audit.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Reads seals, events and anchors one after the other and compares them. At most a page of events and a few seals are in memory. All
 * methods block.
 *
 * @param late {@code weekly.audit.late}
 * @param folders with anchors; there may be none
 * @param counted which events {@link Verdict#checked} counts
 */
record Verification(Trail trail, SealKeys keys, Duration late, List<AnchorFolder> folders, Predicate<SealedEvent> counted) {

    private static final int SEALS = 50;

    /**
     * Compares the tables, and then the seals from a number on. If a table is not as the migrations make it, nothing else is compared: what
     * is read from it could be something else than it seems.
     *
     * @param firstSeal finds the first seal when the tables are known to be as they must be; 1 for all
     */
    Verdict verify(LongSupplier firstSeal) {
        var differences = TrailTables.differences(trail);
        return differences.isEmpty() ? verify(firstSeal.getAsLong()) : ofTables(differences);
    }

    private Verdict ofTables(List<String> differences) {
        var check = new SealCheck(keys, counted);
        differences.forEach(check::table);
        var notes = List.of("No event was compared with its seal, because a table was changed.");
        return check.verdict(late, new UnsealedEvents(0, null), notes);
    }

    private Verdict verify(long first) {
        var before = trail.newestPruning();
        var verdict = verify(first, before);
        // If events were pruned meanwhile, this has missed them, although all is well.
        return verdict.valid() || sameNumber(before, trail.newestPruning()) ? verdict : verify(first, trail.newestPruning());
    }

    private static boolean sameNumber(Optional<Seal> one, Optional<Seal> other) {
        return one.map(Seal::number).equals(other.map(Seal::number));
    }

    private Verdict verify(long first, Optional<Seal> pruning) {
        var check = new SealCheck(keys, counted);
        var head = trail.head();
        var notes = new ArrayList<String>();
        check.start(first == 1 ? null : trail.seal(first - 1).orElse(null), pruning.orElse(null));
        trail.belowFirst().ifPresent(check::belowFirst);
        trail.sealBelowFirst().ifPresent(check::sealBelowFirst);
        head.ifPresent(newest -> readSeals(check, first, newest.number()));
        var since = first == 1 ? Optional.<Instant>empty() : trail.seal(first).map(Seal::sealedAt);
        var anchors = new AnchorComparison(trail, check, notes);
        folders.forEach(folder -> anchors.compare(folder, first, since, head.isPresent()));
        addNotes(notes, first, head.isPresent());
        return check.verdict(late, trail.unsealed(head.map(Seal::lastId).orElse(0L)), notes);
    }

    private void readSeals(SealCheck check, long first, long last) {
        for (var after = first - 1; after < last; ) {
            var seals = trail.seals(after, last, SEALS);
            if (seals.isEmpty()) {
                return;
            }
            for (var seal : seals) {
                compare(check, seal);
                after = seal.number();
            }
        }
    }

    /** Compares one seal and its events. */
    void compare(SealCheck check, Seal seal) {
        if (check.begin(seal)) {
            trail.events(seal.late(), check::event);
            trail.events(seal.firstId(), seal.lastId(), check::event);
            check.end();
        }
    }

    private void addNotes(List<String> notes, long first, boolean sealed) {
        if (keys.current().isEmpty()) {
            notes.add("No key is configured here (weekly.keys). A service with these settings makes no seals.");
        }
        if (!sealed) {
            notes.add("There are no seals, so nothing was checked.");
        } else if (first > 1) {
            notes.add("Seals before number %d were not checked. The command verify-audit checks all.".formatted(first));
        }
        if (folders.isEmpty()) {
            notes.add("No anchors were compared. So this does not notice if somebody has removed the newest events with their seals.");
        }
    }
}
