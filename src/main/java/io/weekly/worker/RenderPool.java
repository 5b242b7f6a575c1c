package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads for the blocking work of the stages: rendering and the local store. There are {@code weekly.render.threads} of them. The
 * generate lane starts at most as many stages as the pool has threads, so the queue of the pool is short. It grows only if renderings
 * exceed their timeout: their stages have ended, but their threads are still busy.
 */
@ApplicationScoped
public class RenderPool {

    private final ThreadPoolExecutor threads;

    RenderPool(RenderConfig config) {
        var count = config.slots();
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1000),
                Thread.ofPlatform().name("render-", 1).factory());
    }

    /** Does the work on the pool. The result comes back on the Vert.x context of the caller. Public for dev mode's workbench. */
    public <T> Uni<T> submit(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var result = Uni.createFrom().completionStage(() -> start(work));
            return context == null ? result : result.emitOn(task -> resume(context, task));
        });
    }

    private <T> CompletableFuture<T> start(Callable<T> work) {
        var result = new CompletableFuture<T>();
        threads.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                // This includes OutOfMemoryError and StackOverflowError. They become the outcome of this report.
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
