package io.weekly.report;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Every definition there is: those built in, and the folders under {@code weekly.definitions.dir}, which win over a built-in one of the
 * same name. Read once, at start. Trap: a native image cannot list a folder of its resources, so {@code definitions/index} names each
 * built-in file.
 */
@ApplicationScoped
public class Definitions {
    private static final Logger LOG = Logger.getLogger(Definitions.class);
    private static final String INDEX = "definitions/index";
    private static final long LARGEST_FILE = 1 << 20;

    private final Map<String, LoadedDefinition> loaded = new TreeMap<>();

    @Inject
    Definitions(DefinitionsConfig config) {
        this(config.dir());
    }

    Definitions(Optional<Path> dir) {
        builtIn().forEach((name, files) -> loaded.put(name, DefinitionLoader.load(name, files)));
        dir.ifPresent(path -> folders(path).forEach(folder -> {
            String name = folder.getFileName().toString();
            loaded.put(name, load(name, folder));
        }));
    }

    void report(@Observes StartupEvent started) {
        LOG.infof("Reports that can be made: %s", all().stream().map(Definition::name).toList());
        broken().forEach(broken -> LOG.errorf("The definition %s is broken and left out: %s", broken.name(), broken.reasons()));
    }

    public Optional<Definition> find(String name) {
        return loaded.get(name) instanceof Definition definition ? Optional.of(definition) : Optional.empty();
    }

    public List<Definition> all() {
        return loaded.values().stream().filter(Definition.class::isInstance).map(Definition.class::cast).toList();
    }

    public List<BrokenDefinition> broken() {
        return loaded.values().stream().filter(BrokenDefinition.class::isInstance).map(BrokenDefinition.class::cast).toList();
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
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path dir) {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("weekly.definitions.dir is " + dir + ", which is no folder that can be read", e);
        }
    }

    private static LoadedDefinition load(String name, Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            Map<String, String> files = new LinkedHashMap<>();
            for (Path file : new ArrayList<>(entries.filter(Files::isRegularFile).toList())) {
                if (Files.size(file) > LARGEST_FILE) {
                    throw new IOException(file.getFileName() + " is larger than 1 MB");
                }
                files.put(file.getFileName().toString(), Files.readString(file));
            }
            return DefinitionLoader.load(name, files);
        } catch (IOException e) {
            return new BrokenDefinition(name, List.of(new BrokenDefinition.Fault("*", 0, "cannot be read: " + e.getMessage())));
        }
    }
}
