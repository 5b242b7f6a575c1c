package io.weekly.dev;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.dev.Preview.DatasetRows;
import io.weekly.dev.Preview.RenderedPdf;
import io.weekly.render.text.DateTimeText;
import io.weekly.worker.ReportSubject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes previews, and keeps the last few, because a browser fetches their parts one by one. */
@Singleton
class Previews {
    private static final int MAX_PREVIEWS = 8;
    private static final int MAX_ROWS = 200;

    private final Definitions definitions;
    private final WorkbenchReport report;
    private final Diagnostics diagnostics;
    private final Clock clock;
    private final Map<String, Preview> kept = new LinkedHashMap<>();

    Previews(Definitions definitions, WorkbenchReport report, Diagnostics diagnostics, Clock clock) {
        this.definitions = definitions;
        this.report = report;
        this.diagnostics = diagnostics;
        this.clock = clock;
    }

    synchronized Optional<Preview> find(String id) {
        return Optional.ofNullable(kept.get(id));
    }

    private synchronized Preview keep(Preview preview) {
        kept.put(preview.id(), preview);
        kept.keySet().stream().limit(Math.max(0, kept.size() - MAX_PREVIEWS)).toList().forEach(kept::remove);
        return preview;
    }

    /** A preview of a definition, which may be broken. Empty if there is no such definition. */
    Optional<Uni<Preview>> make(String name, ReportSubject subject) {
        var broken = definitions.broken().stream().filter(it -> it.name().equals(name)).findFirst();
        return broken.map(it -> Uni.createFrom().item(broken(it)))
                .or(() -> definitions.find(name).map(definition -> make(definition, subject)))
                .map(preview -> preview.map(this::keep));
    }

    private Preview broken(BrokenDefinition it) {
        return new Preview(Ids.next(clock), it.name(), null, List.of(), diagnostics.of(it), 0, null, null, null, null, null);
    }

    private Uni<Preview> make(Definition definition, ReportSubject subject) {
        var rows = new LinkedHashMap<String, List<Map<String, Object>>>();
        var failed = new ArrayList<Diagnostic>();
        return Multi.createFrom().iterable(definition.datasets().values())
                .onItem().transformToUniAndConcatenate(dataset -> read(definition, dataset, subject, rows, failed))
                .collect().asList()
                .flatMap(read -> failed.isEmpty()
                        ? compose(definition, subject, rows, read)
                        : Uni.createFrom().item(failed(definition, read, failed)));
    }

    private Uni<DatasetRows> read(
            Definition definition, Dataset dataset, ReportSubject subject, Map<String, List<Map<String, Object>>> figures,
            List<Diagnostic> failed) {
        var begun = System.nanoTime();
        return report.read(definition, dataset, subject)
                .map(rows -> {
                    figures.put(dataset.name(), rows);
                    return read(dataset.name(), rows, millisSince(begun));
                })
                .onFailure().recoverWithItem(failure -> {
                    failed.add(diagnostics.of(definition.name(), failure));
                    return new DatasetRows(dataset.name(), 0, millisSince(begun), List.of(), List.of(), true);
                });
    }

    private static DatasetRows read(String name, List<Map<String, Object>> rows, double millis) {
        var columns = rows.isEmpty() ? List.<String>of() : List.copyOf(rows.getFirst().keySet());
        var first = rows.stream().limit(MAX_ROWS).map(Previews::texts).toList();
        return new DatasetRows(name, rows.size(), millis, columns, first, false);
    }

    private static List<@Nullable String> texts(Map<String, Object> row) {
        var texts = new ArrayList<@Nullable String>(row.size());
        row.values().forEach(value -> texts.add(value == null ? null : DateTimeText.ofValue(value)));
        return texts;
    }

    private Uni<Preview> compose(
            Definition definition, ReportSubject subject, Map<String, List<Map<String, Object>>> figures, List<DatasetRows> read) {
        var begun = System.nanoTime();
        return report.compose(definition, figures, subject)
                .map(composed -> new Preview(
                        Ids.next(clock), definition.name(), definition.version(), read, List.of(), millisSince(begun),
                        composed.mail().subject(), composed.page(), composed.mail().htmlForBrowser(), composed.mail().text(),
                        renderedPdf(definition, composed.page(), subject).memoize().indefinitely()))
                .onFailure().recoverWithItem(failure -> failed(definition, read, List.of(diagnostics.of(definition.name(), failure))));
    }

    private Preview failed(Definition definition, List<DatasetRows> read, List<Diagnostic> why) {
        return new Preview(
                Ids.next(clock), definition.name(), definition.version(), read, why, 0, null, null, null, null, null);
    }

    private Uni<RenderedPdf> renderedPdf(Definition definition, String page, ReportSubject subject) {
        return report.render(definition, page, subject)
                .map(rendered -> new RenderedPdf(rendered.millis(), rendered.pages(), rendered.pdf().length, rendered.pdf(), List.of()))
                .onFailure().recoverWithItem(failure -> new RenderedPdf(0, 0, 0, new byte[0], List.of(diagnostics.ofPage(failure, page))));
    }

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 100_000 / 10.0;
    }
}
