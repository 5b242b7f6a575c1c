package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeashTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void aProcessEndsWithItsJvmEvenIfTheJvmIsKilled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "NOT TESTED: there is no shell");
        var holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", Path.of(LeashTest.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var pid = new BufferedReader(new InputStreamReader(holder.getInputStream())).readLine();
        var held = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(held.isAlive()).isTrue();

        holder.destroyForcibly();

        await().atMost(TIMEOUT).until(() -> !held.isAlive());
    }

    /** Starts a process that would run longer than this one. */
    static final class Holder {
        public static void main(String... args) throws IOException, InterruptedException {
            var held = Leash.on(new ProcessBuilder("sleep", "60").start());
            System.out.println(held.pid());
            held.waitFor();
        }
    }
}
