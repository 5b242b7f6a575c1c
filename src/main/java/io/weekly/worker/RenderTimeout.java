package io.weekly.worker;

import java.time.Duration;

/** A report was not rendered in time. The report fails at once. Its thread may continue, because Java cannot stop a thread. */
final class RenderTimeout extends RuntimeException {
    RenderTimeout(String definition, Duration timeout) {
        super("%s took longer to render than weekly.render.timeout (%s)".formatted(definition, timeout));
    }
}
