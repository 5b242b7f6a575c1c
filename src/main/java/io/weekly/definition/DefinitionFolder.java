package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A folder of a definition below {@code weekly.definitions.dir} (the root). Its files may be written by people who must not see the other
 * files of this machine. So it reads a file only if its real path, with all symbolic links resolved, lies inside the real path of the root.
 * The links that Kubernetes makes for a ConfigMap lie inside it, and the root itself may be a link.
 *
 * <p>It reads only regular files, and never more than {@value #MAX_FILE_BYTES} bytes of one: a pipe or a device may never end. The API
 * shows the faults, so they do not contain paths.
 */
public final class DefinitionFolder {
    private static final Logger LOG = Logger.getLogger(DefinitionFolder.class);
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_FILES = 500;

    private final Path root;
    private final Path folder;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> unread = new LinkedHashMap<>();

    private DefinitionFolder(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** The folders in {@code weekly.definitions.dir}, or in dev mode's folder of definitions, sorted by name. */
    public static List<Path> all(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory).filter(path -> !name(path).startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("weekly.definitions.dir is " + root + ", which is not a readable folder", e);
        }
    }

    /** The files of a folder that the author wrote, sorted by name. Editors and systems leave {@code .kpis.sql.swp}, {@code kpis.sql~}. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(DefinitionFolder::isAuthors).limit(MAX_FILES + 1L).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isAuthors(Path file) {
        String name = name(file);
        return !Files.isDirectory(file) && !name.startsWith(".") && !name.startsWith("#") && !name.endsWith("~") && !name.endsWith(".tmp");
    }

    /**
     * Reads and loads one folder.
     *
     * @param root the folder that must contain all of its files, {@code weekly.definitions.dir}
     */
    public static LoadedDefinition read(Path root, Path folder) {
        try {
            return new DefinitionFolder(root.toRealPath(), folder).load();
        } catch (IOException e) {
            LOG.warnf("The folder of the definition %s cannot be listed: %s", name(folder), e);
            return broken(folder, "the folder cannot be listed; see the log of the service");
        }
    }

    private LoadedDefinition load() throws IOException {
        if (!folder.toRealPath().startsWith(root)) {
            LOG.warnf("The folder of the definition %s is a link to %s, outside of %s", name(folder), folder.toRealPath(), root);
            return broken(folder, "the folder is a symbolic link that leads out of weekly.definitions.dir");
        }
        List<Path> found = files(folder);
        if (found.size() > MAX_FILES) {
            return broken(folder, "the folder has more than %d files".formatted(MAX_FILES));
        }
        found.forEach(this::read);
        return DefinitionLoader.load(name(folder), files, unread);
    }

    private static BrokenDefinition broken(Path folder, String reason) {
        return new BrokenDefinition(name(folder), List.of(new Fault("*", 0, reason)));
    }

    private void read(Path file) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                LOG.warnf("The file %s is a link to %s, outside of %s", file, real, root);
                unread.put(name(file), "is a symbolic link that leads out of weekly.definitions.dir");
            } else if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                unread.put(name(file), "is not a regular file");
            } else {
                readText(file, real);
            }
        } catch (CharacterCodingException e) {
            unread.put(name(file), "is not UTF-8");
        } catch (NoSuchFileException e) {
            unread.put(name(file), "is a symbolic link that leads nowhere");
        } catch (IOException e) {
            LOG.warnf("The file of a definition cannot be read: %s", e);
            unread.put(name(file), "cannot be read; see the log of the service");
        }
    }

    /** Reads by the real path without following links, so a link that is made after the check is not followed. */
    private void readText(Path file, Path real) throws IOException {
        try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                unread.put(name(file), "is larger than 1 MB");
            } else {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                files.put(name(file), withoutByteOrderMark(text));
            }
        }
    }

    /** Removes the byte order mark (U+FEFF) of Windows' editors. With it, SQL would not start with SELECT, nor XHTML with a tag. */
    static String withoutByteOrderMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
