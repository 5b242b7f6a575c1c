package io.weekly.tenant.logo;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Checks uploaded logos on one thread, because a check decodes and draws the logo. So uploads use at most one processor of a process,
 * however many arrive. A few uploads wait; more are refused.
 */
@ApplicationScoped
public class LogoCheck {

    private static final int MAX_WAITING = 20;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Thread.ofPlatform().daemon().name("logo-check").factory());

    LogoCheck() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** More uploads wait than there is room for. */
    public static final class Busy extends RuntimeException {
        private Busy(Throwable cause) {
            super("too many logos are being uploaded", cause);
        }
    }

    /** Runs {@link Logo#check}. Fails with {@link Busy}. The result comes back on the Vert.x context of the caller. */
    public Uni<Logo.Check> check(Logo logo) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var check = Uni.createFrom().item(logo::check).runSubscriptionOn(thread);
            return context == null ? check : check.emitOn(task -> context.runOnContext(_ -> task.run()));
        })
                .onFailure(RejectedExecutionException.class)
                .transform(Busy::new);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }
}
