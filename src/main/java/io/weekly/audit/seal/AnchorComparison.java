package io.weekly.audit.seal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the anchors of folders with the seals. If no anchor of a folder can be compared, that is a fault: whoever named the folder
 * relies on it. Damaged lines are a fault too, because nobody knows what they said. All methods block.
 *
 * <p>A line that a crash cut off is none: it is the last of its file, or the service wrote the whole line after it.
 *
 * @param check gets the anchors
 * @param notes gets a sentence about what could not be compared
 */
record AnchorComparison(Trail trail, SealCheck check, List<String> notes) {

    private static final int SEALS = 50;

    /**
     * Compares the anchors of one folder.
     *
     * @param first anchors of earlier seals are left out, unless there are no others
     * @param since when the first seal was made; empty reads all files
     * @param sealed false if the database has no seals; then a folder without anchors is as it must be
     */
    void compare(AnchorFolder folder, long first, Optional<Instant> since, boolean sealed) {
        var comparison = new FolderComparison(first);
        try {
            for (var file : folder.files(since)) {
                comparison.read(file);
            }
            if (comparison.compared == 0) {
                // The anchors of the newest seals may not be written yet.
                folder.last().ifPresent(comparison::compare);
            }
        } catch (IOException | UncheckedIOException e) {
            notes.add("%s could not be read: %s.".formatted(folder.folder(), e));
            comparison.damaged++;
        }
        comparison.end(folder, sealed);
    }

    private final class FolderComparison {
        private final long first;
        private final Map<Long, Seal> page = new HashMap<>();
        private int compared;
        private int cutOff;
        private int damaged;

        FolderComparison(long first) {
            this.first = first;
        }

        void read(Path file) throws IOException {
            // Unlike the readers of Files, this one does not fail if the file has bytes that are no text. Such lines are no anchors.
            try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                @Nullable String broken = null;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var anchor = Anchor.parse(line);
                    if (broken != null) {
                        count(anchor.isPresent() && line.startsWith(broken));
                    }
                    broken = anchor.isPresent() || line.isBlank() ? null : line;
                    anchor.filter(found -> found.number() >= first).ifPresent(this::compare);
                }
                if (broken != null) {
                    count(Anchor.mayBegin(broken));
                }
            }
        }

        private void count(boolean isCutOff) {
            cutOff += isCutOff ? 1 : 0;
            damaged += isCutOff ? 0 : 1;
        }

        void compare(Anchor anchor) {
            compared++;
            check.anchor(anchor, seal(anchor.number()));
        }

        /** Anchors come in ascending order, so the next seals are read along. */
        private @Nullable Seal seal(long number) {
            if (!page.containsKey(number)) {
                page.clear();
                trail.seals(number - 1, Long.MAX_VALUE, SEALS).forEach(seal -> page.put(seal.number(), seal));
            }
            return page.get(number);
        }

        void end(AnchorFolder folder, boolean sealed) {
            if (cutOff > 0) {
                notes.add("%s has %d lines that were cut off.".formatted(folder.folder(), cutOff));
            }
            if (damaged > 0) {
                notes.add("%s has %d lines or files that are no anchors.".formatted(folder.folder(), damaged));
            }
            if (compared == 0) {
                notes.add("%s %s.".formatted(folder.folder(), folder.exists() ? "has no anchors of the seals that were checked"
                        : "is no folder that can be read, so it has no anchors of the seals that were checked"));
            }
            if (damaged > 0 || (compared == 0 && sealed)) {
                check.anchorsNotCompared();
            }
        }
    }
}
