package io.weekly.report;

import io.quarkus.runtime.StartupEvent;
import io.weekly.report.BrokenDefinition.Fault;
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
import java.util.ArrayList;
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
        Map<String, String> files = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
                String fileName = file.getFileName().toString();
                text(file, reason -> faults.add(new Fault(fileName, 0, reason))).ifPresent(text -> files.put(fileName, text));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("The folder of the definition %s cannot be listed: %s", name, e);
            faults.add(new Fault("*", 0, "the folder cannot be listed; the service's log says why"));
        }
        return faults.isEmpty() ? DefinitionLoader.load(name, files) : new BrokenDefinition(name, List.copyOf(faults));
    }

    /** Empty where the fault was told. The API shows faults, so they name no path of this machine, as the exceptions' messages do. */
    private static Optional<String> text(Path file, Consumer<String> fault) {
        try {
            if (Files.size(file) <= LARGEST_FILE) {
                return Optional.of(Files.readString(file));
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
}
