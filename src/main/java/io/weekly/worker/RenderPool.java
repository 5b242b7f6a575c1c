package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads for the blocking work of the stages: rendering and the local store. There are {@code weekly.render.threads} of them. The
 * generate lane starts at most as many stages as there are threads that are not abandoned, so the queue of the pool is short.
 *
 * <p>A thread is abandoned while it continues a rendering that has timed out. It is interrupted, and the loops of {@code render} end then
 * ({@link io.weekly.render.RenderStopped}). A library may ignore the interrupt. The pool does not replace such a thread: it would use the
 * same processor. If more than half of the threads are abandoned, the liveness check fails ({@link RenderLiveness}).
 */
@ApplicationScoped
public class RenderPool {

    private final RenderConfig config;
    private final TenantRenderSlots tenants;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicInteger abandoned = new AtomicInteger();

    RenderPool(RenderConfig config, TenantRenderSlots tenants, WorkerEvents events) {
        this.config = config;
        this.tenants = tenants;
        this.threads = new ThreadPoolExecutor(
                config.slots(),
                config.slots(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1000),
                Thread.ofPlatform().name("render-", 1).factory());
        this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("render-timeout").factory());
        timer.setRemoveOnCancelPolicy(true);
        events.renderPoolCreated(this::abandoned);
    }

    /** How many threads continue a rendering that has timed out. */
    int abandoned() {
        return abandoned.get();
    }

    /** How many threads there are, the abandoned ones included. */
    int threads() {
        return config.slots();
    }

    /** Does the work on the pool. The result comes back on the Vert.x context of the caller. Public for dev mode's workbench. */
    public <T> Uni<T> submit(Callable<T> work) {
        return onContext(() -> start(work));
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

    /**
     * Renders a report on the pool, like {@link #submit}. Fails with {@link RenderTimeout} if that takes longer than
     * {@code weekly.render.timeout}. The time in the queue does not count.
     *
     * @param definition its name, for the message
     */
    <T> Uni<T> render(int tenantId, String definition, Callable<T> work) {
        return onContext(() -> {
            var rendering = new Rendering<>(definition, work, config.timeout(), timer, new OfTenant(tenantId));
            threads.execute(rendering);
            return rendering.result();
        });
    }

    /** Counts the abandoned threads, and tells the tenant's slots how its renderings end. */
    private final class OfTenant implements Rendering.Listener {
        private final int tenantId;

        OfTenant(int tenantId) {
            this.tenantId = tenantId;
        }

        @Override
        public void succeeded() {
            tenants.succeeded(tenantId);
        }

        @Override
        public void timedOut() {
            abandoned.incrementAndGet();
            tenants.timedOut(tenantId);
        }

        @Override
        public void returned() {
            abandoned.decrementAndGet();
            tenants.returned(tenantId);
        }
    }

    private static <T> Uni<T> onContext(Supplier<CompletableFuture<T>> start) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var result = Uni.createFrom().completionStage(start);
            return context == null ? result : result.emitOn(task -> resume(context, task));
        });
    }

    private static void resume(Context context, Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
