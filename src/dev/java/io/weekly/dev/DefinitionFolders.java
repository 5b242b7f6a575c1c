package io.weekly.dev;

import io.weekly.definition.Definitions;
import io.weekly.definition.LoadedDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.stream.Stream;

/**
 * The folders in which definitions are written, looked at again and again. Looking at times, sizes and file keys is dull and right on any
 * system, with editors that write in place and such as put a new file in the old one's place; the JDK's watcher looks every ten seconds
 * on a Mac. What differs is taken once it looked the same twice: a file may be half written, or away for a moment.
 */
final class DefinitionFolders {
    private final Definitions definitions;
    /** A folder in a later one wins over its namesake in an earlier one. */
    private final List<Path> roots;

    private final Map<String, Folder> taken = new HashMap<>();
    private Map<String, Folder> seen = Map.of();

    DefinitionFolders(Definitions definitions, List<Path> roots) {
        this.definitions = definitions;
        this.roots = roots;
    }

    /** What became of a definition: null where its folder is gone. {@code saved} is when its newest file was. */
    record Change(String name, LoadedDefinition definition, Path folder, Instant saved) {}

    private record Folder(Path path, Map<String, Stamp> files) {
        Instant saved() {
            return files.values().stream().map(Stamp::modified).max(Comparator.naturalOrder()).map(FileTime::toInstant).orElse(Instant.EPOCH);
        }
    }

    private record Stamp(FileTime modified, long size, Object key) {}

    /** Takes everything as it is, for the first time. */
    List<Change> begin() {
        seen = folders();
        return look();
    }

    /** Takes what changed and has come to rest. */
    synchronized List<Change> look() {
        var changes = new ArrayList<Change>();
        var found = folders();
        found.forEach((name, folder) -> {
            if (folder.equals(seen.get(name)) && !folder.equals(taken.put(name, folder))) {
                var definition = Definitions.read(folder.path());
                if (definitions.put(definition)) {
                    changes.add(new Change(name, definition, folder.path(), folder.saved()));
                }
            }
        });
        for (var name : List.copyOf(taken.keySet())) {
            if (!found.containsKey(name) && !seen.containsKey(name)) {
                var folder = taken.remove(name);
                definitions.remove(name);
                changes.add(new Change(name, null, folder.path(), Instant.now()));
            }
        }
        seen = found;
        return changes;
    }

    /** Where a definition is written; empty for one that is built in and not watched. */
    synchronized Optional<Path> folder(String name) {
        return Optional.ofNullable(taken.get(name)).map(Folder::path);
    }

    private Map<String, Folder> folders() {
        var folders = new TreeMap<String, Folder>();
        roots.stream().filter(Files::isDirectory).flatMap(root -> Definitions.folders(root).stream()).forEach(path ->
                folders.put(path.getFileName().toString(), new Folder(path, stamps(path))));
        return folders;
    }

    private static Map<String, Stamp> stamps(Path folder) {
        var stamps = new TreeMap<String, Stamp>();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(Definitions::isAuthors).toList()) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.put(file.getFileName().toString(), new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
            }
        } catch (NoSuchFileException e) {
            return Map.of(); // gone between listing and looking: the next look sees what came of it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stamps;
    }
}
