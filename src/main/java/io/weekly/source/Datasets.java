package io.weekly.source;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * Reads the datasets of a report over {@code source}. A report that somebody asked for reads all of them in one snapshot. A report of a
 * run takes those that say nothing of its recipient from what the run's reports share, read in one snapshot too, and reads its own ones.
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
     * For one report alone.
     *
     * @return fails with a {@link DatasetException} where a dataset is at fault, and otherwise with what the server said
     */
    public Uni<Figures> read(Definition definition, DatasetParameters parameters) {
        return snapshots.read(definition, definition.datasets().values(), parameters);
    }

    /** For a report of a run; fails as {@link #read} does. */
    public Uni<Figures> readForRun(String run, Definition definition, DatasetParameters parameters) {
        var own = datasets(definition, true);
        var common = datasets(definition, false);
        if (common.isEmpty()) {
            return read(definition, parameters);
        }
        var figures = shared.get(
                key(run, definition, common, parameters), () -> snapshots.read(definition, common, parameters));
        return own.isEmpty()
                ? figures
                : figures.flatMap(those -> snapshots.read(definition, own, parameters).map(those::and));
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
