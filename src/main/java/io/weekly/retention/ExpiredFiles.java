package io.weekly.retention;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.weekly.report.KeptFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes the files that have expired, in batches. Any number of processes may do it at the same time. If a file cannot be deleted, the
 * pass goes on after it, and tries it again when it has reached the end. If nothing of a batch can be deleted, the pass ends, because the
 * store seems to be away; the next pass goes on where it ended, so that a folder with wrong rights does not block all others.
 */
@ApplicationScoped
class ExpiredFiles {

    private static final int BATCH = 500;
    /** The most batches of a pass. */
    private static final int BATCHES = 200;
    /**
     * How long after its expiry a file is deleted: longer than the clocks of two processes may differ. A process whose clock is late may
     * still accept a new delivery of the file.
     */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final KeptFiles files;
    private final FileDeleter deleter;
    private final RetentionEvents events;
    private final Clock clock;
    private volatile Instant after = Instant.EPOCH;

    ExpiredFiles(KeptFiles files, FileDeleter deleter, RetentionEvents events, Clock clock) {
        this.files = files;
        this.deleter = deleter;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        return delete(clock.instant().minus(MARGIN), BATCHES, 0).invoke(events::expiredFilesDeleted).replaceWithVoid();
    }

    private Uni<Integer> delete(Instant until, int batches, int before) {
        return files.due(until, after, BATCH).flatMap(due -> {
            if (due.isEmpty()) {
                after = Instant.EPOCH;
                return Uni.createFrom().item(before);
            }
            return deleter.delete(due).flatMap(deleted -> {
                if (deleted < due.size()) {
                    after = due.getLast().expiresAt();
                }
                var total = before + deleted;
                return deleted == 0 || batches == 1 ? Uni.createFrom().item(total) : delete(until, batches - 1, total);
            });
        });
    }
}
