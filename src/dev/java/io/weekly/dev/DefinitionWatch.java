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

/** Loads a definition again when one of its files is saved, publishes the change, and logs its faults with file and line. */
@Singleton
class DefinitionWatch {
    private static final Logger LOG = Logger.getLogger(DefinitionWatch.class);
    /** A saved file is loaded one to two intervals later. */
    private static final long POLL_INTERVAL_MS = 50;
    /** The built-in definitions. Dev mode runs in the project's folder; the compiled ones are copies. */
    private static final Path SOURCES = Path.of("src/main/resources/definitions");

    private final Definitions definitions;
    private final DefinitionsConfig config;
    private final BroadcastProcessor<Change> changes = BroadcastProcessor.create();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("definitions").factory());
    private volatile DefinitionFolders folders;

    /** The failure that was logged last; empty if the last poll succeeded. */
    private String lastFailure = "";

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

    /** Starts to poll these folders. Called once. */
    void watch(List<Path> roots) {
        folders = new DefinitionFolders(definitions, roots);
        folders.loadAll().forEach(DefinitionWatch::log);
        thread.scheduleWithFixedDelay(this::poll, POLL_INTERVAL_MS, POLL_INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            folders.poll().forEach(change -> {
                log(change);
                changes.onNext(change);
            });
            lastFailure = "";
        } catch (RuntimeException e) {
            // An exception would end the timer, and no later save would be noticed. Logged once, because this runs twenty times a second.
            if (!lastFailure.equals(e.toString())) {
                lastFailure = e.toString();
                LOG.warn("The folders of definitions cannot be read", e);
            }
        }
    }

    private static void log(Change change) {
        switch (change.definition()) {
            case null -> LOG.infof("The definition %s was removed", change.name());
            case Definition it -> LOG.infof("Loaded the definition %s, version %.12s", it.name(), it.version());
            case BrokenDefinition it -> it.faults().forEach(fault ->
                    LOG.errorf("The definition %s is broken: %s: %s", it.name(),
                            change.folder().resolve(fault.file()) + (fault.line() > 0 ? ":" + fault.line() : ""), fault.reason()));
        }
    }

    /** The changes from now on. A slow subscriber misses some. */
    Multi<Change> changes() {
        return changes.onOverflow().drop();
    }

    /** The folder of a definition; empty if it is built in and not watched. */
    Optional<Path> folder(String name) {
        return folders.folder(name);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        changes.onComplete();
    }
}
