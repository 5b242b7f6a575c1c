package io.weekly.bench;

import java.time.Duration;
import java.util.stream.Stream;

/** What a measurement cost, wherever the work was done. */
public final class Cpu {

    private Cpu() {}

    /**
     * CPU time of this process and of those that it started and that live, the embedded database server among them. A server of somebody
     * else's is not in it.
     */
    public static Duration ofClientAndServer() {
        var self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
