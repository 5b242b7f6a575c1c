package io.weekly.definition;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
        dir.ifPresent(path -> DefinitionFolder.all(path).forEach(folder -> {
            LoadedDefinition definition = DefinitionFolder.read(path, folder);
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
            return DefinitionFolder.withoutByteOrderMark(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
