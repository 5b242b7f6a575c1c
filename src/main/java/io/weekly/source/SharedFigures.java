package io.weekly.source;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache, in this process, of the figures that all reports of a run share. If several requests for the same figures come at the same time,
 * one of them reads and the others wait for the result. The number, size and age of the entries are limited, and the least recently used
 * ones are removed first. Failures are not cached.
 *
 * <p>It does not use the library Caffeine. Caffeine loads classes by name, and a native image would have to declare them. This class needs
 * little code.
 */
@ApplicationScoped
class SharedFigures {

    /** Roughly the number of runs that one process works on at once. With more runs, some figures are read again. */
    static final int MAX_READINGS = 100;

    private final SourceConfig config;
    private final Clock clock;
    private final Map<Key, Reading> readings = new LinkedHashMap<>(MAX_READINGS, 0.75f, true);
    private long bytes;

    SharedFigures(SourceConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Identifies figures. Equal keys give equal figures.
     *
     * @param version the version of the definition, which covers its SQL
     * @param values the bound values of each dataset, in the order of the datasets
     */
    record Key(String run, String definition, String version, List<List<@Nullable Object>> values) {}

    /** A reading. Until it is finished, {@code bytes} is 0 and {@code asOf} is null. */
    private record Reading(CompletableFuture<Figures> figures, long bytes, @Nullable Instant asOf) {}

    /** The cached figures, or else those that {@code read} returns. The result arrives on the caller's Vert.x context. */
    Uni<Figures> get(Key key, Supplier<Uni<Figures>> read) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            // Each caller gets a copy of the future, so that one caller that cancels does not cancel the reading for the others.
            var figures = Uni.createFrom().completionStage(() -> reading(key, read).copy());
            return context == null ? figures : figures.emitOn(task -> resume(context, task));
        });
    }

    private CompletableFuture<Figures> reading(Key key, Supplier<Uni<Figures>> read) {
        var figures = new CompletableFuture<Figures>();
        synchronized (this) {
            removeOld();
            var cached = readings.get(key);
            if (cached != null) {
                return cached.figures;
            }
            readings.put(key, new Reading(figures, 0, null));
        }
        read.get().subscribe().with(
                item -> {
                    keep(key, figures, item);
                    figures.complete(item);
                },
                failure -> {
                    remove(key, figures);
                    figures.completeExceptionally(failure);
                });
        return figures;
    }

    private void removeOld() {
        var oldest = clock.instant().minus(config.sharedMaxAge());
        readings.values().removeIf(reading -> {
            var old = reading.asOf != null && reading.asOf.isBefore(oldest);
            bytes -= old ? reading.bytes : 0;
            return old;
        });
    }

    private synchronized void keep(Key key, CompletableFuture<Figures> figures, Figures item) {
        if (!isCurrent(key, figures)) {
            return;
        }
        readings.put(key, new Reading(figures, item.bytes(), item.asOf()));
        bytes += item.bytes();
        var leastRecentlyUsed = readings.values().iterator();
        while (leastRecentlyUsed.hasNext() && (bytes > config.sharedMaxBytes().asLongValue() || readings.size() > MAX_READINGS)) {
            var reading = leastRecentlyUsed.next();
            if (reading.asOf != null) {
                bytes -= reading.bytes;
                leastRecentlyUsed.remove();
            }
        }
    }

    private synchronized void remove(Key key, CompletableFuture<Figures> figures) {
        if (isCurrent(key, figures)) {
            readings.remove(key);
        }
    }

    private boolean isCurrent(Key key, CompletableFuture<Figures> figures) {
        var reading = readings.get(key);
        return reading != null && reading.figures == figures;
    }

    /** The size of the cached figures, for tests. */
    synchronized long bytes() {
        return bytes;
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(_ -> task.run());
    }
}
