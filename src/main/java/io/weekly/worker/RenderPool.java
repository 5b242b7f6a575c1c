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
 * Where blocking work is done: rendering and the local store. As many threads as {@code weekly.render.threads}; the lanes never have more
 * under way than their places, so the queue is short and only a fault in that would fill it.
 */
@ApplicationScoped
public class RenderPool {

    private final ThreadPoolExecutor threads;

    RenderPool(RenderConfig config) {
        var count = config.places();
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1000),
                Thread.ofPlatform().name("render-", 1).factory());
    }

    /** Does the work on the pool; the result comes back on the Vert.x context that asked for it. Public for dev mode's workbench. */
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
                // An OutOfMemoryError or StackOverflowError of one report too: it is that report's, and is told in its outcome.
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(resumed -> task.run());
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
