package io.weekly.definition;

import io.quarkus.runtime.StartupEvent;
import io.weekly.definition.BrokenDefinition.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All definitions: the built-in ones, and the folders in {@code weekly.definitions.dir}. A folder replaces the built-in definition of the
 * same name. They are read once, at start. Only dev mode {@link #put replaces} them later.
 *
 * <p>Trap: a native image cannot list a folder of its resources, so {@code definitions/index} names each built-in file.
 */
@ApplicationScoped
public class Definitions {
    private static final Logger LOG = Logger.getLogger(Definitions.class);
    private static final String INDEX = "definitions/index";
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final Map<String, LoadedDefinition> builtIn = new TreeMap<>();
    /** The map is never changed, only replaced as a whole, so that every reader sees one consistent state. */
    private volatile Map<String, LoadedDefinition> loaded;

    @Inject
    public Definitions(DefinitionsConfig config) {
        this(config.dir());
    }

    /** {@code dir}: a folder with definitions, in addition to the built-in ones. */
    public Definitions(Optional<Path> dir) {
        builtIn().forEach((name, files) -> builtIn.put(name, DefinitionLoader.load(name, files)));
        Map<String, LoadedDefinition> found = new TreeMap<>(builtIn);
        dir.ifPresent(path -> folders(path).forEach(folder -> {
            LoadedDefinition definition = read(folder);
            found.put(definition.name(), definition);
        }));
        loaded = Map.copyOf(found);
    }

    void log(@Observes StartupEvent started) {
        LOG.infof("Definitions: %s", all().stream().map(Definition::name).toList());
        broken().forEach(broken -> LOG.errorf("The definition %s has faults and cannot be used: %s", broken.name(), broken.reasons()));
    }

    /** The definition of this name. Empty if there is none, or if it is broken. */
    public Optional<Definition> find(String name) {
        return loaded.get(name) instanceof Definition definition ? Optional.of(definition) : Optional.empty();
    }

    /** All definitions without faults, by name. */
    public List<Definition> all() {
        return sorted().filter(Definition.class::isInstance).map(Definition.class::cast).toList();
    }

    /** All definitions with faults, by name. */
    public List<BrokenDefinition> broken() {
        return sorted().filter(BrokenDefinition.class::isInstance).map(BrokenDefinition.class::cast).toList();
    }

    private Stream<LoadedDefinition> sorted() {
        return loaded.values().stream().sorted(Comparator.comparing(LoadedDefinition::name));
    }

    /**
     * Replaces a definition. Only dev mode calls it, when an author saves a file while the service runs. A broken definition replaces a
     * good one too: otherwise the old version would stay in use, and saving would seem to have no effect.
     *
     * @return whether the definition has changed
     */
    public synchronized boolean put(LoadedDefinition definition) {
        Map<String, LoadedDefinition> changed = new TreeMap<>(loaded);
        LoadedDefinition before = changed.put(definition.name(), definition);
        loaded = Map.copyOf(changed);
        return !isSame(before, definition);
    }

    /** Removes a definition whose folder was deleted. The built-in one of the same name returns. Only dev mode calls it. */
    public synchronized void remove(String name) {
        Map<String, LoadedDefinition> changed = new TreeMap<>(loaded);
        changed.remove(name);
        Optional.ofNullable(builtIn.get(name)).ifPresent(definition -> changed.put(name, definition));
        loaded = Map.copyOf(changed);
    }

    private static boolean isSame(@Nullable LoadedDefinition before, LoadedDefinition after) {
        return before instanceof Definition old && after instanceof Definition current
                ? old.version().equals(current.version())
                : after.equals(before);
    }

    private static Map<String, Map<String, String>> builtIn() {
        Map<String, Map<String, String>> definitions = new LinkedHashMap<>();
        resource(INDEX).lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] path = line.split("/", 2);
            definitions.computeIfAbsent(path[0], _ -> new LinkedHashMap<>()).put(path[1], resource("definitions/" + line));
        });
        return definitions;
    }

    private static String resource(String name) {
        try (InputStream in = Definitions.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this build, but " + INDEX + " names it");
            }
            return withoutByteOrderMark(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders in {@code weekly.definitions.dir}, or in dev mode's folder of definitions, sorted by name. */
    public static List<Path> folders(Path dir) {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("weekly.definitions.dir is " + dir + ", which is not a readable folder", e);
        }
    }

    /** Reads and loads one folder. */
    public static LoadedDefinition read(Path folder) {
        String name = folder.getFileName().toString();
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> unread = new LinkedHashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(Definitions::isAuthors).sorted().toList()) {
                String fileName = file.getFileName().toString();
                text(file, reason -> unread.put(fileName, reason)).ifPresent(text -> files.put(fileName, text));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("The folder of the definition %s cannot be listed: %s", name, e);
            return new BrokenDefinition(name, List.of(new Fault("*", 0, "the folder cannot be listed; see the log of the service")));
        }
        return DefinitionLoader.load(name, files, unread);
    }

    /** Whether the author wrote this file. Editors and systems leave {@code .kpis.sql.swp}, {@code kpis.sql~}, {@code .DS_Store}. */
    public static boolean isAuthors(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("#") && !name.endsWith("~") && !name.endsWith(".tmp");
    }

    /** The text of a file; empty after a fault. The API shows faults, so they must not contain the paths in the exceptions' messages. */
    private static Optional<String> text(Path file, Consumer<String> fault) {
        try {
            if (Files.size(file) <= MAX_FILE_BYTES) {
                return Optional.of(withoutByteOrderMark(Files.readString(file)));
            }
            fault.accept("is larger than 1 MB");
        } catch (CharacterCodingException e) {
            fault.accept("is not UTF-8");
        } catch (IOException e) {
            LOG.warnf("The file of a definition cannot be read: %s", e);
            fault.accept("cannot be read; see the log of the service");
        }
        return Optional.empty();
    }

    /** Removes the byte order mark (U+FEFF) of Windows' editors. With it, SQL would not start with SELECT, nor XHTML with a tag. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
