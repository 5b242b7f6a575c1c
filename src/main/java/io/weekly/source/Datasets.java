package io.weekly.source;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * Reads the datasets of a report. A report on demand reads all of them in one snapshot. The reports of a run share the datasets that do not
 * depend on the recipient: {@link SharedFigures} reads these in one snapshot and caches them. Each report reads its other datasets in a
 * second snapshot.
 */
@ApplicationScoped
public class Datasets {

    private final Snapshots snapshots;
    private final SharedFigures shared;

    Datasets(Snapshots snapshots, SharedFigures shared) {
        this.snapshots = snapshots;
        this.shared = shared;
    }

    /**
     * Reads all datasets for one report.
     *
     * @return fails with a {@link DatasetException} if a dataset has a fault, and with another exception if trying again may help
     */
    public Uni<Figures> read(Definition definition, DatasetParameters parameters) {
        return snapshots.read(definition, definition.datasets().values(), parameters);
    }

    /** Reads the datasets for a report of a run. Fails like {@link #read}. */
    public Uni<Figures> readForRun(String run, Definition definition, DatasetParameters parameters) {
        var personal = datasets(definition, true);
        var common = datasets(definition, false);
        if (common.isEmpty()) {
            return read(definition, parameters);
        }
        var figures = shared.get(
                key(run, definition, common, parameters), () -> snapshots.read(definition, common, parameters));
        return personal.isEmpty()
                ? figures
                : figures.flatMap(it -> snapshots.read(definition, personal, parameters).map(it::and));
    }

    private static List<Dataset> datasets(Definition definition, boolean personal) {
        return definition.datasets().values().stream().filter(dataset -> dataset.isPersonal() == personal).toList();
    }

    private static SharedFigures.Key key(
            String run, Definition definition, Collection<Dataset> datasets, DatasetParameters parameters) {
        var values = datasets.stream()
                .map(dataset -> parameters.values(dataset.parameters(), definition.parameters()))
                .toList();
        return new SharedFigures.Key(run, definition.name(), definition.version(), values);
    }
}
