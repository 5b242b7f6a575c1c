package io.weekly.api.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads that read and decrypt files for downloads, so that no event loop waits for a disk or a cipher. A download has at most one
 * task in the queue. If the queue is full, a request is answered with 503.
 */
@ApplicationScoped
public class DownloadPool {

    /** More than one even on one processor: a thread may wait for the disk. */
    private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());
    private static final int QUEUE = 1000;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("download-", 1).factory());

    /** Does the work on the pool. The result comes back on the Vert.x context of the caller. */
    public <T> Uni<T> submit(Supplier<T> work) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var result = Uni.createFrom().completionStage(() -> start(work));
            return context == null ? result : result.emitOn(task -> resume(context, task));
        });
    }

    private <T> CompletableFuture<T> start(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedFuture(
                    ProblemException.busy("Too many files are being read at the moment.", RETRY_AFTER_SECONDS));
        }
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
