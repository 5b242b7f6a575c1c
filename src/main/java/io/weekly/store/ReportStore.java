package io.weekly.store;

import io.quarkus.runtime.StartupEvent;
import io.weekly.audit.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Stores files on local disk. Blocking: call it on a pool for such work. */
@ApplicationScoped
public class ReportStore {

    private static final Logger LOG = Logger.getLogger(ReportStore.class);

    private final Path root;
    private final Supplier<String> tokens;

    @Inject
    ReportStore(StoreConfig config) {
        this(config, randomTokens(new SecureRandom()));
    }

    ReportStore(StoreConfig config, Supplier<String> tokens) {
        this.root = config.dir().toAbsolutePath().normalize();
        this.tokens = tokens;
    }

    private static Supplier<String> randomTokens(SecureRandom random) {
        return () -> HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * Warns if every user of the machine may enter the folder. New folders are for this user only, but an older version, or whoever created
     * the folder of the store, may have been more generous.
     */
    void check(@Observes StartupEvent event) {
        try {
            OwnerOnly.openToAll(root).ifPresent(permissions -> LOG.warnf(
                    "every user of this machine may read the folder of the reports, %s (%s): chmod -R go= %s", root, permissions, root));
        } catch (IOException e) {
            LOG.warnf("the permissions of the folder of the reports, %s, could not be read: %s", root, reason(e));
        }
    }

    /** A file that was stored. {@code path} is relative to the store, {@code sha256} has 64 hex digits. */
    public record Put(String path, long bytes, String sha256) {}

    /** The folder of all files. */
    public Path root() {
        return root;
    }

    /** Stores a file as it is, see {@link #write}. */
    public Put put(int tenantId, String period, String reportId, String format, byte[] bytes) {
        return new Put(write(tenantId, period, reportId, format, bytes), bytes.length, Sha256.hex(bytes));
    }

    /**
     * Stores the bytes in a file and flushes it, so that the file survives a power failure. Its path was never used before. So a deletion
     * that is under way cannot hit a file that is stored at the same moment, even if both have the same content.
     *
     * @param tenantId the number of the tenant. It is never used again, unlike a slug
     * @param period the ISO week, such as {@code 2026-W47}
     * @param ending of the path, such as {@code pdf}
     * @return the path
     * @throws UncheckedIOException if the disk is full or not writable; then there is no file of this name
     */
    public String write(int tenantId, String period, String reportId, String ending, byte[] bytes) {
        var path = "%d/%s/%s.%s.%s".formatted(tenantId, period, reportId, tokens.get(), ending);
        var target = inside(path);
        var folder = folder(target);
        try {
            makeFolder(folder);
            var unfinished = OwnerOnly.createTempFile(folder, ".", ".part");
            try {
                write(unfinished, bytes);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            flush(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("could not store " + path + ": " + reason(e), e);
        }
        return path;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "the store is not the root of a file system");
    }

    /** Creates the folder and those above it, and flushes each: a file is only as durable as the folders above it. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            makeFolder(folder(folder));
        }
        OwnerOnly.createFolder(folder);
        flush(folder(folder));
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

    /** A rename survives a power failure only if its folder is flushed. Windows has no such call and does not need one. */
    private static void flush(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The whole content of a stored file. Fails if the file does not exist. */
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(inside(path));
        } catch (IOException e) {
            throw notRead(path, e);
        }
    }

    /** Opens a stored file, to read parts of it. Fails like {@link #read}. */
    public SeekableByteChannel open(String path) {
        try {
            return FileChannel.open(inside(path), StandardOpenOption.READ);
        } catch (IOException e) {
            throw notRead(path, e);
        }
    }

    /** How many bytes a stored file has. Fails like {@link #read}. */
    public long size(String path) {
        try {
            return Files.size(inside(path));
        } catch (IOException e) {
            throw notRead(path, e);
        }
    }

    /** The failure to read a stored file, with a message for users. */
    public static UncheckedIOException notRead(String path, IOException failure) {
        return new UncheckedIOException("could not read " + path + ": " + reason(failure), failure);
    }

    /** The reason without the path on this machine, which the exceptions' own messages contain: users of a report read it. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "it is not there";
            case AccessDeniedException _ -> "access denied";
            case FileSystemException named -> Objects.requireNonNullElse(named.getReason(), "the file system refused");
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** The path of a stored file; empty if the file does not exist. */
    public Optional<Path> find(String path) {
        return Optional.of(inside(path)).filter(Files::isRegularFile);
    }

    /**
     * Deletes a file. A file that does not exist counts as deleted, so that a deletion can be repeated. Not flushed: if a power failure
     * brings the file back, the next search for files that no report needs finds it.
     *
     * @throws UncheckedIOException if the store is not there, or the file cannot be deleted
     */
    public void delete(String path) {
        var file = inside(path);
        try {
            // Without the check, all files would count as deleted while the folder is missing.
            if (!Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString());
            }
            if (Files.isDirectory(file)) {
                throw new FileSystemException(path, null, "it is a folder");
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + path + ": " + reason(e), e);
        }
    }

    /**
     * Lists all files of the store, a few at a time. The caller closes the listing.
     *
     * @param untouchedSince removes empty folders that have not changed since then
     */
    public StoreListing list(Instant untouchedSince) {
        return new StoreListing(root, untouchedSince);
    }

    private Path inside(String path) {
        var target = root.resolve(path).normalize();
        if (!target.startsWith(root)) {
            throw new IllegalArgumentException("path is outside of the store: " + path);
        }
        return target;
    }
}
