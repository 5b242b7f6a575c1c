package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    @Test
    void dataSurvivesARestart() {
        Path folder = temporary.resolve("database");
        try (EmbeddedDatabase first = EmbeddedDatabase.start(folder)) {
            first.url("kept");
            first.execute("CREATE TABLE kept.thing (name VARCHAR(20) PRIMARY KEY) SELECT 'Ωδή' AS name");
        }

        try (EmbeddedDatabase second = EmbeddedDatabase.start(folder)) {
            assertThat(second.url("kept")).isEqualTo("mysql://127.0.0.1:" + second.port() + "/kept");
            assertThatThrownBy(() -> second.execute("INSERT INTO kept.thing VALUES ('Ωδή')")).hasMessageContaining("Duplicate entry 'Ωδή'");
        }
    }

    @Test
    void aKilledServerComesBackOnItsPortWithWhatWasCommitted() {
        Path folder = temporary.resolve("database");
        EmbeddedDatabase first = EmbeddedDatabase.start(folder);
        first.url("kept");
        first.execute("CREATE TABLE kept.thing (name VARCHAR(20) PRIMARY KEY) SELECT 'committed' AS name");

        first.kill();

        assertThat(temporary.resolve("database/mariadbd.log")).content().doesNotContain("Shutdown complete");
        try (EmbeddedDatabase second = EmbeddedDatabase.start(folder, first.port())) {
            assertThat(second.port()).isEqualTo(first.port());
            assertThatThrownBy(() -> second.execute("INSERT INTO kept.thing VALUES ('committed')")).hasMessageContaining("Duplicate entry");
        }
    }

    @Test
    void aJvmThatIsKilledLeavesNoServerBehind() {
        Path folder = temporary.resolve("database");
        try (HolderProcess holder = holder(folder)) {
            ProcessHandle server = ProcessHandle.of(HolderProcess.serverOf(folder)).orElseThrow();
            assertThat(server.isAlive()).isTrue();

            holder.kill();

            await().atMost(TIMEOUT).until(() -> !server.isAlive());
            assertThat(temporary.resolve("database/mariadbd.log")).content().contains("Shutdown complete");
        }
    }

    @Test
    void aStartWaitsUntilTheServerOfAKilledJvmHasEnded() throws Exception {
        Path folder = temporary.resolve("database");
        Path log = folder.resolve("mariadbd.log");
        try (HolderProcess holder = holder(folder)) {
            ProcessHandle server = ProcessHandle.of(HolderProcess.serverOf(folder)).orElseThrow();
            String logBefore = Files.readString(log);
            // A stopped process gets the signal to end only when it continues.
            signal("STOP", server);
            holder.kill();

            CompletableFuture<EmbeddedDatabase> start = CompletableFuture.supplyAsync(() -> EmbeddedDatabase.start(folder));
            try {
                // A server that was started too early would write to the log at once.
                await().during(Duration.ofSeconds(3)).atMost(TIMEOUT).untilAsserted(() -> assertThat(log).content().isEqualTo(logBefore));
                assertThat(start).isNotDone();
            } finally {
                signal("CONT", server);
            }

            try (EmbeddedDatabase next = start.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(server.isAlive()).isFalse();
                assertThat(HolderProcess.serverOf(folder)).isNotEqualTo(server.pid());
                next.execute("SELECT 1");
            }
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor()).isZero();
    }

    @Test
    void aStartEndsAServerWhoseShellWasKilledToo() {
        Path folder = temporary.resolve("database");
        try (HolderProcess holder = holder(folder)) {
            ProcessHandle server = ProcessHandle.of(HolderProcess.serverOf(folder)).orElseThrow();
            ProcessHandle shell = server.parent().orElseThrow();
            List<ProcessHandle> watchers = shell.children().filter(child -> child.pid() != server.pid()).toList();
            assertThat(watchers).hasSize(1);

            watchers.forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            holder.kill();

            await().atMost(TIMEOUT).until(() -> !holder.process().isAlive());
            assertThat(server.isAlive()).isTrue();
            EmbeddedDatabase.start(folder).close();
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void aFolderInUseIsNotStartedTwice() {
        Path folder = temporary.resolve("database");
        try (HolderProcess holder = holder(folder)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                    .isInstanceOf(DevModeException.class)
                    .hasMessageContaining("is in use by the process with id " + holder.process().pid())
                    .hasMessageContaining(folder.toString());
        }
    }

    /** If the tests run as root, both processes run as another user. */
    @Test
    void twoProcessesUnpackAtTheSameTimeAndNeitherHasToBeRoot() throws IOException {
        Path open = openTo(Files.createTempDirectory("weekly-anybody-"));
        List<String> prefix = asNobody();
        List<Path> classPath = copied(HolderProcess.classPath(), Files.createDirectory(open.resolve("classes")));
        Path cache = openTo(Files.createDirectory(open.resolve("cache")));
        Path one = openTo(Files.createDirectory(open.resolve("one")));
        Path two = openTo(Files.createDirectory(open.resolve("two")));

        try (HolderProcess first = HolderProcess.start(one, cache, open.resolve("one.log"), classPath, prefix);
                HolderProcess second = HolderProcess.start(two, cache, open.resolve("two.log"), classPath, prefix)) {
            await().atMost(TIMEOUT.multipliedBy(2)).until(() -> first.isUp() && second.isUp());

            assertThat(List.of(first.said(), second.said())).filteredOn(said -> said.contains("Unpacking MariaDB")).hasSize(1);
            List<ProcessHandle> servers = Stream.of(one, two)
                    .map(HolderProcess::serverOf)
                    .map(pid -> ProcessHandle.of(pid).orElseThrow())
                    .toList();
            if (!prefix.isEmpty()) {
                assertThat(servers).allSatisfy(server -> assertThat(server.info().user()).contains("nobody"));
            }
            first.kill();
            second.kill();
            await().atMost(TIMEOUT).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        }
        Folders.delete(open);
    }

    private HolderProcess holder(Path folder) {
        HolderProcess holder = HolderProcess.start(folder, Folders.cache(), temporary.resolve("holder.log"));
        await().atMost(TIMEOUT).until(holder::isUp);
        return holder;
    }

    private static List<String> asNobody() {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean possible = Files.isExecutable(Path.of("/usr/bin/setpriv"));
        assumeTrue(!root || possible, "NOT TESTED: the tests run as root, and there is no setpriv to run as another user");
        return root ? List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
    }

    private static Path openTo(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Copies, because other users may not read the Maven repository of this user. */
    private static List<Path> copied(List<Path> classPath, Path target) throws IOException {
        openTo(target);
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            Path copy = target.resolve(copies.size() + "-" + entry.getFileName());
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : files.toList()) {
                    Path place = copy.resolve(entry.relativize(file).toString());
                    Files.copy(file, file.equals(entry) ? copy : place);
                }
            }
            copies.add(copy);
        }
        return copies;
    }
}
