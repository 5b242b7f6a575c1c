package io.weekly.render;

/**
 * The thread was interrupted while it rendered: the report exceeded {@code weekly.render.timeout}, or the process ends. Java cannot stop a
 * thread, so each loop whose length depends on an upload or on data calls {@link #ifInterrupted}. The interrupt flag stays set, so the next
 * loop stops too.
 */
public final class RenderStopped extends RuntimeException {

    private RenderStopped() {
        super("the thread that rendered it was interrupted");
    }

    /** @throws RenderStopped if this thread was interrupted */
    public static void ifInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new RenderStopped();
        }
    }
}
