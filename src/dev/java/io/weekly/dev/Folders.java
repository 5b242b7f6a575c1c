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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cache folder of the user, a lock on a folder that ends with the process, and the deletion of a folder. */
final class Folders {
    static final String LOCK = "owner.lock";
    static final String OWNER = "owner.pid";
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private Folders() {
    }

    /** The user's cache folder, which no build deletes. {@code weekly.dev.cache} names another folder. */
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

    /** Creates a folder that only this user may enter, because it holds private keys and mails. Windows has no such permissions. */
    static void createPrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static Optional<Path> fromEnvironment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank()).map(Path::of);
    }

    /**
     * Locks a folder for this process, until the lock is released or the process ends.
     *
     * @throws DevModeException if another process has the lock
     */
    static FileLock own(Path folder) throws IOException {
        Path owner = folder.resolve(OWNER);
        // A process that was killed, or that this one replaces, may need a moment to end.
        FileLock lock = Polling.forValue(LOCK_TIMEOUT, () -> tryLock(folder.resolve(LOCK))).orElseThrow(() -> new DevModeException(
                "%s is in use by the process with id %s. End that process, or choose another folder with -Dweekly.dev.dir=…",
                folder, ServerFailure.read(owner).strip()));
        Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
        return lock;
    }

    /** A lock that the operating system releases when the process ends, even by kill -9. Empty if it is taken. */
    static Optional<FileLock> tryLock(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(lock);
                }
            } catch (OverlappingFileLockException _) {
                // This JVM has the lock already, maybe in another class loader.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder and everything in it, except the entries of the folder that {@code kept} names. */
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
            // A server that is shutting down deleted its files at the same time. The next start deletes the rest.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
