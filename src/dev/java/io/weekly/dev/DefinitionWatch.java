package io.weekly.dev;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.DefinitionsConfig;
import io.weekly.dev.DefinitionFolders.Change;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes a definition again when somebody saves a file of it, tells whoever listens, and logs what is wrong with it by file and line. */
@Singleton
class DefinitionWatch {
    private static final Logger LOG = Logger.getLogger(DefinitionWatch.class);
    /** A save is taken between one and two of these later. */
    private static final long LOOK_EVERY_MS = 50;
    /** Of the built-in definitions, as dev mode finds them from the project's folder; what is compiled is a copy. */
    private static final Path SOURCES = Path.of("src/main/resources/definitions");

    private final Definitions definitions;
    private final DefinitionsConfig config;
    private final BroadcastProcessor<Change> changes = BroadcastProcessor.create();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("definitions").factory());
    private volatile DefinitionFolders folders;

    /** Why nothing can be seen, as it was told; empty while all is well. */
    private String unseen = "";

    DefinitionWatch(Definitions definitions, DefinitionsConfig config) {
        this.definitions = definitions;
        this.config = config;
        this.folders = new DefinitionFolders(definitions, List.of());
    }

    void started(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            var roots = new ArrayList<>(List.of(SOURCES.toAbsolutePath()));
            config.dir().ifPresent(dir -> roots.add(dir.toAbsolutePath()));
            watch(roots);
        }
    }

    /** From now on these folders are looked at; called once. */
    void watch(List<Path> roots) {
        folders = new DefinitionFolders(definitions, roots);
        folders.begin().forEach(DefinitionWatch::log);
        thread.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            folders.look().forEach(change -> {
                log(change);
                changes.onNext(change);
            });
            unseen = "";
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer, and no save would be seen again. Told once: this comes twenty times a second.
            if (!unseen.equals(e.toString())) {
                unseen = e.toString();
                LOG.warn("The folders of definitions cannot be looked at", e);
            }
        }
    }

    private static void log(Change change) {
        switch (change.definition()) {
            case null -> LOG.infof("The definition %s is gone", change.name());
            case Definition it -> LOG.infof("The definition %s is taken as saved, version %.12s", it.name(), it.version());
            case BrokenDefinition it -> it.faults().forEach(fault ->
                    LOG.errorf("The definition %s is broken: %s: %s", it.name(),
                            change.folder().resolve(fault.file()) + (fault.line() > 0 ? ":" + fault.line() : ""), fault.reason()));
        }
    }

    /** What is taken from now on. */
    Multi<Change> changes() {
        return changes.onOverflow().drop();
    }

    /** Where a definition is written. */
    Optional<Path> folder(String name) {
        return folders.folder(name);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        changes.onComplete();
    }
}
