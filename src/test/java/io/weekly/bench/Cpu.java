package io.weekly.bench;

import java.time.Duration;
import java.util.stream.Stream;

/** CPU time of this process and of its child processes. */
public final class Cpu {

    private Cpu() {}

    /**
     * CPU time of this process and of the processes that it started and that still run, for example the embedded database server. An
     * external database server is not included.
     */
    public static Duration ofClientAndServer() {
        var self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
