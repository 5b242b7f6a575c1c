package io.weekly.audit.seal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
     * Compares the seals from a number on.
     *
     * @param first the first seal; 1 for all
     */
    Verdict verify(long first) throws IOException {
        var before = trail.newestPruning();
        var verdict = verify(first, before);
        // If events were pruned meanwhile, this has missed them, although all is well.
        return verdict.valid() || sameNumber(before, trail.newestPruning()) ? verdict : verify(first, trail.newestPruning());
    }

    private static boolean sameNumber(Optional<Seal> one, Optional<Seal> other) {
        return one.map(Seal::number).equals(other.map(Seal::number));
    }

    private Verdict verify(long first, Optional<Seal> pruning) throws IOException {
        var check = new SealCheck(keys, counted);
        var head = trail.head();
        var notes = new ArrayList<String>();
        check.start(first == 1 ? null : trail.seal(first - 1).orElse(null), pruning.orElse(null));
        trail.belowFirst().ifPresent(check::belowFirst);
        head.ifPresent(newest -> readSeals(check, first, newest.number()));
        var since = first == 1 ? Optional.<Instant>empty() : trail.seal(first).map(Seal::sealedAt);
        for (var folder : folders) {
            readAnchors(check, folder, first, since, notes);
        }
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

    private void readAnchors(SealCheck check, AnchorFolder folder, long first, Optional<Instant> since, List<String> notes)
            throws IOException {
        var lookup = new SealLookup();
        var unreadable = 0;
        var files = folder.files(since);
        if (files.isEmpty()) {
            notes.add("%s has no anchors of the seals that were checked.".formatted(folder.folder()));
        }
        for (var file : files) {
            unreadable += readAnchors(check, file, first, lookup);
        }
        if (unreadable > 0) {
            notes.add("%s has %d lines that are no anchors.".formatted(folder.folder(), unreadable));
        }
    }

    private static int readAnchors(SealCheck check, Path file, long first, SealLookup lookup) throws IOException {
        var unreadable = 0;
        // Unlike the readers of Files, this one does not fail if the file has bytes that are no text. Such lines are no anchors.
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var anchor = Anchor.parse(line);
                unreadable += anchor.isEmpty() && !line.isBlank() ? 1 : 0;
                anchor.filter(found -> found.number() >= first).ifPresent(found -> check.anchor(found, lookup.find(found.number())));
            }
        }
        return unreadable;
    }

    /** Finds seals by number. Anchors come in ascending order, so the next seals are read along. */
    private final class SealLookup {
        private final Map<Long, Seal> page = new HashMap<>();

        @Nullable Seal find(long number) {
            if (!page.containsKey(number)) {
                page.clear();
                trail.seals(number - 1, Long.MAX_VALUE, SEALS).forEach(seal -> page.put(seal.number(), seal));
            }
            return page.get(number);
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
