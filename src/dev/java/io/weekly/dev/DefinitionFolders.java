package io.weekly.dev;

import io.weekly.definition.DefinitionFolder;
import io.weekly.definition.Definitions;
import io.weekly.definition.LoadedDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Polls the folders of definitions for changes: times, sizes and file keys. That works on each system, for editors that write into the file
 * and for editors that replace it. The JDK's watch service would poll only every ten seconds on macOS.
 *
 * <p>A changed definition is loaded when two polls found the same: a file may be half written, or missing for a moment.
 */
final class DefinitionFolders {
    private final Definitions definitions;
    /** If two roots have a folder of the same name, the later root counts. */
    private final List<Path> roots;

    private final Map<String, Folder> loaded = new HashMap<>();
    private Map<String, Folder> lastPoll = Map.of();

    DefinitionFolders(Definitions definitions, List<Path> roots) {
        this.definitions = definitions;
        this.roots = roots;
    }

    /**
     * A definition that was loaded, or whose folder was removed.
     *
     * @param definition null if its folder was removed
     * @param saved when its newest file was saved
     */
    record Change(String name, @Nullable LoadedDefinition definition, Path folder, Instant saved) {}

    private record Folder(Path root, Path path, Map<String, Stamp> files) {
        Instant saved() {
            return files.values().stream()
                    .map(Stamp::modified)
                    .max(Comparator.naturalOrder())
                    .map(FileTime::toInstant)
                    .orElse(Instant.EPOCH);
        }
    }

    private record Stamp(FileTime modified, long size, @Nullable Object key) {}

    /** Loads all definitions. */
    synchronized List<Change> loadAll() {
        lastPoll = folders();
        return poll();
    }

    /** Loads the definitions that changed before the last poll and not since. */
    synchronized List<Change> poll() {
        var changes = new ArrayList<Change>();
        var found = folders();
        found.forEach((name, folder) -> {
            if (folder.equals(lastPoll.get(name)) && !folder.equals(loaded.put(name, folder))) {
                var definition = DefinitionFolder.read(folder.root(), folder.path());
                if (definitions.put(definition)) {
                    changes.add(new Change(name, definition, folder.path(), folder.saved()));
                }
            }
        });
        Map.copyOf(loaded).forEach((name, folder) -> {
            if (!found.containsKey(name) && !lastPoll.containsKey(name)) {
                loaded.remove(name);
                definitions.remove(name);
                changes.add(new Change(name, null, folder.path(), Instant.now()));
            }
        });
        lastPoll = found;
        return changes;
    }

    /** The folder of a definition; empty if it is built in and not watched. */
    synchronized Optional<Path> folder(String name) {
        return Optional.ofNullable(loaded.get(name)).map(Folder::path);
    }

    private Map<String, Folder> folders() {
        var folders = new TreeMap<String, Folder>();
        roots.stream().filter(Files::isDirectory).forEach(root -> DefinitionFolder.all(root).forEach(path ->
                folders.put(path.getFileName().toString(), new Folder(root, path, stamps(path)))));
        return folders;
    }

    private static Map<String, Stamp> stamps(Path folder) {
        var stamps = new TreeMap<String, Stamp>();
        try {
            for (var file : DefinitionFolder.files(folder)) {
                stamps.put(file.getFileName().toString(), stamp(file));
            }
        } catch (NoSuchFileException e) {
            return Map.of(); // removed after it was listed: the next poll finds the result
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stamps;
    }

    /** A link counts as its target. A link that leads nowhere counts as itself, so the poll notices when the target appears. */
    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.exists(file)
                ? Files.readAttributes(file, BasicFileAttributes.class)
                : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
}
