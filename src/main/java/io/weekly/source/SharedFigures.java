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

/**
 * What is equal for all the reports of a run, read once in this process: whoever asks while it is being read waits for the same reading.
 * Bounded by number, rough size and age; what was used longest ago goes first. What failed is not kept: whoever asks next asks the server.
 *
 * <p>A map of our own and not a cache of Caffeine's: that chooses a class by its settings, by name, which a native image would have to be
 * told; and this is all that is needed of it.
 */
@ApplicationScoped
class SharedFigures {

    /** Runs under way at once in one process, more or less; where they are more, some are read again. */
    static final int MOST = 100;

    private final SourceConfig config;
    private final Clock clock;
    private final Map<Key, Reading> readings = new LinkedHashMap<>(MOST, 0.75f, true);
    private long bytes;

    SharedFigures(SourceConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Of what they are the figures.
     *
     * @param version of the definition, with all its SQL
     * @param values that the datasets are bound to, of all of them in their order
     */
    record Key(String run, String definition, String version, List<List<Object>> values) {}

    /** One that is under way, or its figures; {@code bytes} and {@code asOf} are known when it is done. */
    private record Reading(CompletableFuture<Figures> figures, long bytes, Instant asOf) {}

    /** The figures that are kept, or those that {@code read} gives; on the Vert.x context that asked. */
    Uni<Figures> get(Key key, Supplier<Uni<Figures>> read) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            // A copy: who stops waiting ends its own waiting only.
            var figures = Uni.createFrom().completionStage(() -> reading(key, read).copy());
            return context == null ? figures : figures.emitOn(task -> resume(context, task));
        });
    }

    private CompletableFuture<Figures> reading(Key key, Supplier<Uni<Figures>> read) {
        var figures = new CompletableFuture<Figures>();
        synchronized (this) {
            forgetOld();
            var known = readings.get(key);
            if (known != null) {
                return known.figures;
            }
            readings.put(key, new Reading(figures, 0, null));
        }
        read.get().subscribe().with(
                item -> {
                    keep(key, figures, item);
                    figures.complete(item);
                },
                failure -> {
                    forget(key, figures);
                    figures.completeExceptionally(failure);
                });
        return figures;
    }

    private void forgetOld() {
        var oldest = clock.instant().minus(config.sharedMaxAge());
        readings.values().removeIf(reading -> {
            var old = reading.asOf != null && reading.asOf.isBefore(oldest);
            bytes -= old ? reading.bytes : 0;
            return old;
        });
    }

    private synchronized void keep(Key key, CompletableFuture<Figures> figures, Figures item) {
        if (!isStill(key, figures)) {
            return;
        }
        readings.put(key, new Reading(figures, item.bytes(), item.asOf()));
        bytes += item.bytes();
        var longestUnused = readings.values().iterator();
        while (longestUnused.hasNext() && (bytes > config.sharedMaxBytes().asLongValue() || readings.size() > MOST)) {
            var reading = longestUnused.next();
            if (reading.asOf != null) {
                bytes -= reading.bytes;
                longestUnused.remove();
            }
        }
    }

    private synchronized void forget(Key key, CompletableFuture<Figures> figures) {
        if (isStill(key, figures)) {
            readings.remove(key);
        }
    }

    private boolean isStill(Key key, CompletableFuture<Figures> figures) {
        var reading = readings.get(key);
        return reading != null && reading.figures == figures;
    }

    /** How much is kept, for tests. */
    synchronized long bytes() {
        return bytes;
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(resumed -> task.run());
    }
}
