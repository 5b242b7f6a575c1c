package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the JDK leaves out about folders: a per-user cache, deleting a tree, and a lock that dies with the process. */
final class Folders {
    static final String LOCK = "owner.lock";
    static final String OWNER = "owner.pid";
    private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(5);

    private Folders() {
    }

    /** The user's cache, where unpacked binaries outlive every build; {@code weekly.dev.cache} names another place. */
    static Path cache() {
        String chosen = System.getProperty("weekly.dev.cache", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        Path home = Path.of(System.getProperty("user.home"));
        Path caches = switch (Platform.current()) {
            case LINUX -> fromEnvironment("XDG_CACHE_HOME").orElse(home.resolve(".cache"));
            case MACOS -> home.resolve("Library/Caches");
            case WINDOWS -> fromEnvironment("LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
        };
        Path cache = caches.resolve("weekly-reports");
        try {
            return Files.createDirectories(cache);
        } catch (IOException homeNotWritable) {
            return Path.of(System.getProperty("java.io.tmpdir"), "weekly-reports-" + System.getProperty("user.name"));
        }
    }

    private static Optional<Path> fromEnvironment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank()).map(Path::of);
    }

    /** Makes this process the folder's only user, as long as it lives or holds the lock. */
    static FileLock own(Path folder) throws IOException {
        Path owner = folder.resolve(OWNER);
        // A process that was just killed, or is being replaced by this one, takes a moment to be gone.
        FileLock lock = Waiting.forValue(HANDED_OVER_WITHIN, () -> tryLock(folder.resolve(LOCK))).orElseThrow(() -> new DevModeException(
                "%s is in use by the process with id %s: end that one, or give this one a folder of its own with -Dweekly.dev.dir=…",
                folder, ServerFailure.read(owner).strip()));
        Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
        return lock;
    }

    /** A lock between processes that the system gives back when its holder dies, however it dies. Empty: somebody has it. */
    static Optional<FileLock> tryLock(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(lock);
                }
            } catch (OverlappingFileLockException _) {
                // Held by this very JVM, maybe by another class loader: taken all the same.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it, except what {@code kept} names at its top. */
    static void delete(Path folder, String... kept) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> spared = Stream.of(kept).map(folder::resolve).toList();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                boolean spare = spared.stream().anyMatch(path::startsWith) || (path.equals(folder) && kept.length > 0);
                if (!spare) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (NoSuchFileException | UncheckedIOException gone) {
            // A server that was still closing took its own files away meanwhile; the rest goes on the next start.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
