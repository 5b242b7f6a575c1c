package io.weekly.retention;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.database.FailureIsolation;
import io.weekly.report.KeptFiles;
import io.weekly.store.ReportStore;
import io.weekly.store.RetentionConfig;
import io.weekly.store.StoreListing;
import io.weekly.store.StoreListing.Found;
import io.weekly.store.StoredName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Searches the store for files that no report needs, and deletes them: files of attempts that did not end, files that a later attempt
 * replaced, and temporary files ({@code .part}). A file must be a day old, because a stage stores a file before it writes its row, and
 * tries for an hour to write the row if the database is away.
 *
 * <p>A file is left alone if its report is not in this database. So nothing is lost if two installations share a folder by mistake, or if
 * the service starts with an empty database. Files with other names are left alone too.
 */
@ApplicationScoped
class StoreSweeper {

    private static final int BATCH = 500;
    private static final Duration OLD = Duration.ofDays(1);

    private final StoreSweeps sweeps;
    private final ReportStore store;
    private final KeptFiles files;
    private final FileDeleter deleter;
    private final RetentionConfig config;
    private final RetentionEvents events;
    private final Clock clock;

    StoreSweeper(
            StoreSweeps sweeps, ReportStore store, KeptFiles files, FileDeleter deleter, RetentionConfig config, RetentionEvents events,
            Clock clock) {
        this.sweeps = sweeps;
        this.store = store;
        this.files = files;
        this.deleter = deleter;
        this.config = config;
        this.events = events;
        this.clock = clock;
    }

    /** If the process dies during a search, the next search is after the interval. */
    @Scheduled(every = "1m", delayed = "40s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweepIfDue() {
        return sweeps.take(config.sweepInterval())
                .flatMap(taken -> taken ? FailureIsolation.isolate(sweep(), events::sweepFailed) : Uni.createFrom().voidItem());
    }

    Uni<Void> sweep() {
        var before = clock.instant().minus(OLD);
        return Uni.createFrom().deferred(() -> {
            var listing = store.list(before);
            return batches(listing)
                    .onItem()
                    .transformToUniAndConcatenate(batch -> sweep(batch, before))
                    .collect()
                    .in(Swept::new, Swept::add)
                    .onTermination()
                    .invoke(listing::close)
                    .invoke(swept -> events.swept(swept.needless, swept.unknown))
                    .replaceWithVoid();
        });
    }

    /** What was found in all batches. */
    private static final class Swept {
        private int needless;
        private int unknown;

        void add(Sorted batch) {
            needless += batch.needless().size();
            unknown += batch.unknown();
        }
    }

    private static Multi<List<Found>> batches(StoreListing listing) {
        return Multi.createBy()
                .repeating()
                .uni(() -> onWorker(() -> listing.next(BATCH)))
                .until(List::isEmpty);
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Sorted> sweep(List<Found> batch, Instant before) {
        var old = batch.stream().filter(found -> found.modified().isBefore(before)).toList();
        var ids = old.stream().flatMap(found -> StoredName.of(found.path()).reportId().stream()).collect(Collectors.toSet());
        return paths(ids)
                .map(paths -> Sorted.of(old, paths))
                .flatMap(sorted -> onWorker(() -> delete(sorted)));
    }

    private Uni<Map<String, Set<String>>> paths(Set<String> reportIds) {
        return reportIds.isEmpty() ? Uni.createFrom().item(Map.of()) : files.paths(reportIds);
    }

    private Sorted delete(Sorted sorted) {
        return new Sorted(List.copyOf(deleter.deletePaths(sorted.needless())), sorted.unknown());
    }

    /**
     * The old files of a batch.
     *
     * @param needless the paths of those that can go
     * @param unknown how many belong to reports that are not in this database
     */
    private record Sorted(List<String> needless, int unknown) {

        static Sorted of(List<Found> old, Map<String, Set<String>> neededOf) {
            var needless = old.stream().map(Found::path).filter(path -> isNeedless(path, neededOf)).toList();
            var unknown = old.stream()
                    .flatMap(found -> StoredName.of(found.path()).reportId().stream())
                    .filter(id -> !neededOf.containsKey(id))
                    .count();
            return new Sorted(needless, (int) unknown);
        }

        private static boolean isNeedless(String path, Map<String, Set<String>> neededOf) {
            var name = StoredName.of(path);
            return name.isUnfinished()
                    || name.reportId().map(neededOf::get).filter(needed -> !needed.contains(path)).isPresent();
        }
    }
}
