package io.weekly.store;

import io.weekly.audit.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** Keeps files on local disk. Blocking: call it on the render pool. */
@ApplicationScoped
public class ReportStore {

    private final Path root;

    ReportStore(StoreConfig config) {
        this.root = config.dir().toAbsolutePath().normalize();
    }

    /** A file as it was put. {@code path} is relative to the store, {@code sha256} 64 hex digits. */
    public record Put(String path, long bytes, String sha256) {}

    /** The folder that everything is under. */
    public Path root() {
        return root;
    }

    /**
     * Keeps the bytes durably.
     *
     * @param tenant its slug
     * @param period {@code 2026-W47}
     * @throws UncheckedIOException when the disk is full or not writable; nothing is left under the file's name then
     */
    public Put put(String tenant, String period, String reportId, String format, byte[] bytes) {
        var sha256 = Sha256.hex(bytes);
        var path = "%s/%s/%s.%s.%s".formatted(tenant, period, reportId, sha256.substring(0, 12), format);
        var target = inside(path);
        try {
            makeFolder(target.getParent());
            var unfinished = Files.createTempFile(target.getParent(), ".", ".part");
            try {
                write(unfinished, bytes);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            flush(target.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("could not store " + path + ": " + reason(e), e);
        }
        return new Put(path, bytes.length, sha256);
    }

    /** Flushes what it makes into what it makes it in: a file is as durable as the folders above it. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            makeFolder(folder.getParent());
        }
        Files.createDirectories(folder);
        flush(folder.getParent());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** A rename survives a power cut only once its folder is on the disk; Windows has no such call and needs none. */
    private static void flush(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The whole content of a stored file; fails where it is gone. */
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(inside(path));
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + path + ": " + reason(e), e);
        }
    }

    /** Without the path on this machine, which the exceptions' own messages begin with: a report's users read why it failed. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "it is not there";
            case AccessDeniedException _ -> "access denied";
            case FileSystemException named -> Objects.requireNonNullElse(named.getReason(), "the file system refused");
            default -> failure.getMessage();
        };
    }

    /** Where a stored file is; empty where it is gone. */
    public Optional<Path> find(String path) {
        return Optional.of(inside(path)).filter(Files::isRegularFile);
    }

    private Path inside(String path) {
        var target = root.resolve(path).normalize();
        if (!target.startsWith(root)) {
            throw new IllegalArgumentException("outside of the store: " + path);
        }
        return target;
    }
}
