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

/**
 * Every definition there is: those built in, and the folders under {@code weekly.definitions.dir}, which win over a built-in one of the
 * same name. Read once, at start; dev mode alone {@link #put puts} others in their place. Trap: a native image cannot list a folder of its resources, so {@code definitions/index} names each
 * built-in file.
 */
@ApplicationScoped
public class Definitions {
    private static final Logger LOG = Logger.getLogger(Definitions.class);
    private static final String INDEX = "definitions/index";
    private static final long LARGEST_FILE = 1 << 20;

    private final Map<String, LoadedDefinition> builtIn = new TreeMap<>();
    /** Replaced as a whole, never changed: whoever reads it sees one state of it. */
    private volatile Map<String, LoadedDefinition> loaded;

    @Inject
    public Definitions(DefinitionsConfig config) {
        this(config.dir());
    }

    public Definitions(Optional<Path> dir) {
        builtIn().forEach((name, files) -> builtIn.put(name, DefinitionLoader.load(name, files)));
        Map<String, LoadedDefinition> found = new TreeMap<>(builtIn);
        dir.ifPresent(path -> folders(path).forEach(folder -> {
            LoadedDefinition definition = read(folder);
            found.put(definition.name(), definition);
        }));
        loaded = Map.copyOf(found);
    }

    void report(@Observes StartupEvent started) {
        LOG.infof("Reports that can be made: %s", all().stream().map(Definition::name).toList());
        broken().forEach(broken -> LOG.errorf("The definition %s is broken and left out: %s", broken.name(), broken.reasons()));
    }

    public Optional<Definition> find(String name) {
        return loaded.get(name) instanceof Definition definition ? Optional.of(definition) : Optional.empty();
    }

    public List<Definition> all() {
        return sorted().filter(Definition.class::isInstance).map(Definition.class::cast).toList();
    }

    public List<BrokenDefinition> broken() {
        return sorted().filter(BrokenDefinition.class::isInstance).map(BrokenDefinition.class::cast).toList();
    }

    private Stream<LoadedDefinition> sorted() {
        return loaded.values().stream().sorted(Comparator.comparing(LoadedDefinition::name));
    }

    /**
     * Takes what a folder holds by now; public for dev mode, where an author saves files while the service runs. A broken one takes the
     * place of the good one before it, as it would at the next start: an old version that goes on unseen would look like a save without
     * effect.
     *
     * @return whether that differs from what was there
     */
    public synchronized boolean put(LoadedDefinition definition) {
        Map<String, LoadedDefinition> changed = new TreeMap<>(loaded);
        LoadedDefinition before = changed.put(definition.name(), definition);
        loaded = Map.copyOf(changed);
        return !isSame(before, definition);
    }

    /** Its folder is gone, for dev mode: there is the built-in one of its name again, or none. */
    public synchronized void remove(String name) {
        Map<String, LoadedDefinition> changed = new TreeMap<>(loaded);
        changed.remove(name);
        Optional.ofNullable(builtIn.get(name)).ifPresent(definition -> changed.put(name, definition));
        loaded = Map.copyOf(changed);
    }

    private static boolean isSame(LoadedDefinition before, LoadedDefinition after) {
        return before instanceof Definition was && after instanceof Definition is ? was.version().equals(is.version()) : after.equals(before);
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
                throw new IllegalStateException(name + " is missing in this build, though " + INDEX + " names it");
            }
            return withoutMark(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of definitions in {@code weekly.definitions.dir}, or in another such folder of dev mode. */
    public static List<Path> folders(Path dir) {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("weekly.definitions.dir is " + dir + ", which is no folder that can be read", e);
        }
    }

    /** What a folder of files holds now. */
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
            return new BrokenDefinition(name, List.of(new Fault("*", 0, "the folder cannot be listed; the service's log says why")));
        }
        return DefinitionLoader.load(name, files, unread);
    }

    /** Not what an editor or an operating system leaves behind: {@code .kpis.sql.swp}, {@code kpis.sql~}, {@code .DS_Store}. */
    public static boolean isAuthors(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("#") && !name.endsWith("~") && !name.endsWith(".tmp");
    }

    /** Empty where the fault was told. The API shows faults, so they name no path of this machine, as the exceptions' messages do. */
    private static Optional<String> text(Path file, Consumer<String> fault) {
        try {
            if (Files.size(file) <= LARGEST_FILE) {
                return Optional.of(withoutMark(Files.readString(file)));
            }
            fault.accept("is larger than 1 MB");
        } catch (CharacterCodingException e) {
            fault.accept("is not UTF-8");
        } catch (IOException e) {
            LOG.warnf("A definition's file cannot be read: %s", e);
            fault.accept("cannot be read; the service's log says why");
        }
        return Optional.empty();
    }

    /** Windows' editors begin a file with U+FEFF: SQL would not begin with SELECT, XHTML not with a tag, and a first message be lost. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
