package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in memory. The user of the test needs the right to mount it. A shell mounts it and reads a pipe from this JVM, so it
 * is unmounted when this is closed, and also when the JVM is killed.
 */
final class SmallDisk implements AutoCloseable {

    private static final String MOUNTED = "mounted";
    private static final String RESIZED = "resized";
    // Unmounted lazily, because a process that still ends may use it.
    private static final String HOLD =
            """
            trap '' INT HUP
            mount -t tmpfs -o size="$2" tmpfs "$1" 2>&1 || exit 1
            echo mounted
            while read -r size; do mount -o remount,size="$size" "$1" 2>&1 && echo resized; done
            umount -l "$1" && rmdir "$1"
            """;
    /** Fewer bytes than any file that is stored. */
    private static final int TOO_FEW_BYTES = 16 * 1024;

    private final Path folder;
    private final Process holder;
    private final BufferedReader says;

    private SmallDisk(Path folder, Process holder) {
        this.folder = folder;
        this.holder = holder;
        this.says = holder.inputReader();
    }

    /**
     * Skips the test if it cannot be mounted.
     *
     * @param size as {@code mount} reads it: {@code 1m}
     */
    static SmallDisk of(String size) throws IOException {
        var shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "NOT TESTED: there is no shell to mount a small file system with");
        var folder = Files.createTempDirectory("weekly-disk-");
        var disk = new SmallDisk(folder, new ProcessBuilder(shell.toString(), "-c", HOLD, "weekly-disk", folder.toString(), size).start());
        var said = String.valueOf(disk.says.readLine());
        if (!said.equals(MOUNTED)) {
            Files.delete(folder);
        }
        assumeTrue(said.equals(MOUNTED), "NOT TESTED: a small file system cannot be mounted here: " + said);
        return disk;
    }

    Path folder() {
        return folder;
    }

    /** Sets its size to the used space, so that nothing can grow. */
    void fill() throws IOException {
        var store = Files.getFileStore(folder);
        resizeTo(String.valueOf(store.getTotalSpace() - store.getUsableSpace()));
    }

    boolean isFull() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() < TOO_FEW_BYTES;
    }

    void resizeTo(String size) throws IOException {
        holder.getOutputStream().write((size + "\n").getBytes(StandardCharsets.UTF_8));
        holder.getOutputStream().flush();
        assertThat(says.readLine()).isEqualTo(RESIZED);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        holder.getOutputStream().close();
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).as("unmounted").isTrue();
        assertThat(folder).as("unmounted").doesNotExist();
    }
}
