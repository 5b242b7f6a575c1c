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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final Duration A_WHILE = Duration.ofSeconds(60);

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

            await().atMost(A_WHILE).until(() -> !server.isAlive());
            assertThat(temporary.resolve("database/mariadbd.log")).content().contains("Shutdown complete");
        }
    }

    @Test
    void whoeverStartsWhileTheKilledOnesServerStillClosesWaitsForIt() {
        Path folder = temporary.resolve("database");
        try (HolderProcess holder = holder(folder)) {
            long before = HolderProcess.serverOf(folder);

            holder.kill();

            try (EmbeddedDatabase next = EmbeddedDatabase.start(folder)) {
                assertThat(next.url("anything")).isNotEmpty();
                assertThat(HolderProcess.serverOf(folder)).isNotEqualTo(before);
            }
        }
    }

    @Test
    void aServerWhoseShellWasKilledTooIsAskedToEnd() {
        Path folder = temporary.resolve("database");
        try (HolderProcess holder = holder(folder)) {
            ProcessHandle server = ProcessHandle.of(HolderProcess.serverOf(folder)).orElseThrow();
            ProcessHandle shell = server.parent().orElseThrow();
            List<ProcessHandle> watchers = shell.children().filter(child -> child.pid() != server.pid()).toList();
            assertThat(watchers).hasSize(1);

            watchers.forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            holder.kill();

            await().atMost(A_WHILE).until(() -> !holder.process().isAlive());
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

    /** Two that unpack at once, and, where these tests run as root, as somebody who is not. */
    @Test
    void twoProcessesUnpackAtOnceAndNeitherHasToBeRoot() throws IOException {
        Path open = openTo(Files.createTempDirectory("weekly-anybody-"));
        List<String> prefix = asNobody();
        List<Path> classPath = copied(HolderProcess.classPath(), Files.createDirectory(open.resolve("classes")));
        Path cache = openTo(Files.createDirectory(open.resolve("cache")));
        Path one = openTo(Files.createDirectory(open.resolve("one")));
        Path two = openTo(Files.createDirectory(open.resolve("two")));

        try (HolderProcess first = HolderProcess.start(one, cache, open.resolve("one.log"), classPath, prefix);
                HolderProcess second = HolderProcess.start(two, cache, open.resolve("two.log"), classPath, prefix)) {
            await().atMost(A_WHILE.multipliedBy(2)).until(() -> first.isUp() && second.isUp());

            assertThat(List.of(first.said(), second.said())).filteredOn(said -> said.contains("Unpacking MariaDB")).hasSize(1);
            List<ProcessHandle> servers = Stream.of(one, two).map(HolderProcess::serverOf).map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
            if (!prefix.isEmpty()) {
                assertThat(servers).allSatisfy(server -> assertThat(server.info().user()).contains("nobody"));
            }
            first.kill();
            second.kill();
            await().atMost(A_WHILE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        }
        Folders.delete(open);
    }

    private HolderProcess holder(Path folder) {
        HolderProcess holder = HolderProcess.start(folder, Folders.cache(), temporary.resolve("holder.log"));
        await().atMost(A_WHILE).until(holder::isUp);
        return holder;
    }

    private static List<String> asNobody() {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean possible = Files.isExecutable(Path.of("/usr/bin/setpriv"));
        assumeTrue(!root || possible, "NOT TESTED: this is root, and there is no setpriv to become somebody else");
        return root ? List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
    }

    private static Path openTo(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** A user's own Maven repository is closed to others. */
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
