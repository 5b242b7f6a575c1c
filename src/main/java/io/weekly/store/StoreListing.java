package io.weekly.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Walks through the files of the store, folder by folder, and keeps only the open folders in memory: a week of a large tenant has hundreds
 * of thousands of files. Files may be added and deleted during the walk. It does not follow symbolic links. Blocking, and for one thread at
 * a time.
 */
public final class StoreListing implements AutoCloseable {

    private final Path root;
    private final Instant untouchedSince;
    private final Deque<Folder> open = new ArrayDeque<>();
    private boolean started;

    StoreListing(Path root, Instant untouchedSince) {
        this.root = root;
        this.untouchedSince = untouchedSince;
    }

    /**
     * A file that was found.
     *
     * @param path in the store, as {@link ReportStore#put} returns it
     * @param modified when it was written
     */
    public record Found(String path, Instant modified) {}

    private record Folder(Path path, Instant modified, DirectoryStream<Path> stream, Iterator<Path> entries) {}

    /**
     * The next files, at most {@code limit}; empty at the end.
     *
     * @throws UncheckedIOException if the store cannot be read
     */
    public List<Found> next(int limit) {
        var found = new ArrayList<Found>();
        try {
            if (!started) {
                started = true;
                if (!Files.isDirectory(root)) {
                    // Nothing has been stored yet.
                    return List.of();
                }
                enter(root, Files.readAttributes(root, BasicFileAttributes.class));
            }
            while (found.size() < limit && !open.isEmpty()) {
                if (open.getFirst().entries().hasNext()) {
                    visit(open.getFirst().entries().next(), found);
                } else {
                    leave();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException("could not list the store", e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException("could not list the store", e);
        }
        return found;
    }

    @SuppressWarnings("StreamResourceLeak") // leave and close end it
    private void enter(Path folder, BasicFileAttributes attributes) throws IOException {
        var stream = Files.newDirectoryStream(folder);
        open.addFirst(new Folder(folder, attributes.lastModifiedTime().toInstant(), stream, stream.iterator()));
    }

    private void visit(Path entry, List<Found> found) throws IOException {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                enter(entry, attributes);
            } else if (attributes.isRegularFile()) {
                // With slashes on every system, as paths are stored.
                var path = root.relativize(entry).toString().replace('\\', '/');
                found.add(new Found(path, attributes.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException | AccessDeniedException _) {
            // Somebody else has deleted it since the folder was read; or it is not ours, such as lost+found.
        }
    }

    /**
     * Closes the folder and removes it if it is empty. The deletion of a file changes its folder, so a folder stays at least until the next
     * walk. A stage that stores a file at that very moment fails, and tries again.
     */
    private void leave() throws IOException {
        var folder = open.removeFirst();
        folder.stream().close();
        if (folder.path().equals(root) || !folder.modified().isBefore(untouchedSince)) {
            return;
        }
        try {
            Files.delete(folder.path());
        } catch (DirectoryNotEmptyException | NoSuchFileException | AccessDeniedException _) {
            // It is in use, or somebody else has removed it, or it is not ours.
        }
    }

    /** Closes the folders that are open. */
    @Override
    public void close() {
        try {
            while (!open.isEmpty()) {
                open.removeFirst().stream().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not close a folder of the store", e);
        }
    }
}
