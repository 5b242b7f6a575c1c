package io.weekly.worker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One rendering on a thread of the pool. Its time starts when the thread starts it. After the timeout the result is a {@link
 * RenderTimeout}, and the thread is interrupted. The thread is abandoned until it returns.
 *
 * <p>The timer and the thread may end a rendering at the same time. Whichever comes first decides.
 */
final class Rendering<T> implements Runnable {

    /** What the pool counts. */
    interface Listener {

        /** The work ended in time, without a failure. */
        void succeeded();

        /** The time is over: the thread is abandoned from now on. */
        void timedOut();

        /** The abandoned thread has ended its work. */
        void returned();
    }

    private enum State { WAITING, RUNNING, ABANDONED, ENDED }

    private final Callable<T> work;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private final String definition;
    private final Duration timeout;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Thread thread;

    Rendering(String definition, Callable<T> work, Duration timeout, ScheduledExecutorService timer, Listener listener) {
        this.definition = definition;
        this.work = work;
        this.timeout = timeout;
        this.timer = timer;
        this.listener = listener;
    }

    CompletableFuture<T> result() {
        return result;
    }

    @Override
    public void run() {
        begin();
        var timeoutTask = timer.schedule(this::timeOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            var value = work.call();
            if (end(timeoutTask)) {
                listener.succeeded();
                result.complete(value);
            }
        } catch (Throwable failure) {
            // This includes OutOfMemoryError and StackOverflowError. They become the outcome of this report.
            if (end(timeoutTask)) {
                result.completeExceptionally(failure);
            }
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        state = State.RUNNING;
    }

    private void timeOut() {
        if (abandon()) {
            result.completeExceptionally(new RenderTimeout(definition, timeout));
        }
    }

    private synchronized boolean abandon() {
        if (state != State.RUNNING || thread == null) {
            return false;
        }
        state = State.ABANDONED;
        listener.timedOut();
        thread.interrupt();
        return true;
    }

    /** Returns whether the work ended in time. Clears the interrupt flag, because the thread goes on with the next rendering. */
    private synchronized boolean end(Future<?> timeoutTask) {
        timeoutTask.cancel(false);
        var inTime = state == State.RUNNING;
        if (state == State.ABANDONED) {
            listener.returned();
        }
        state = State.ENDED;
        thread = null;
        Thread.interrupted();
        return inTime;
    }
}
