package io.weekly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.weekly.definition.Definition;
import io.weekly.report.ReportTask;
import io.weekly.source.Datasets;
import io.weekly.source.Figures;
import io.weekly.store.encryption.FileVault;
import io.weekly.store.encryption.TenantFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;

/** Makes the files of a report: reads its datasets, then renders and stores the files on the {@link RenderPool}. */
@ApplicationScoped
class ReportComposer {

    private final Datasets datasets;
    private final TenantLogos logos;
    private final RenderPool renderPool;
    private final FileVault vault;
    private final ReportFiles files;
    private final MailLinks links;

    ReportComposer(
            Datasets datasets, TenantLogos logos, RenderPool renderPool, FileVault vault, ReportFiles files, MailLinks links) {
        this.datasets = datasets;
        this.logos = logos;
        this.renderPool = renderPool;
        this.vault = vault;
        this.files = files;
        this.links = links;
    }

    /** How many reports may be composed at the same time: one for each thread of the render pool that is not abandoned. */
    Slots slots() {
        var count = renderPool.threads() - renderPool.abandoned();
        return count > 0 ? Slots.of(count) : Slots.NONE;
    }

    /**
     * Composes the report. If it is empty, the definition decides whether to compose the report, a note or nothing. Fails if something
     * cannot be read or rendered.
     */
    Uni<Outcome> compose(ReportTask report, Definition definition) {
        return logos.of(report)
                .map(logo -> ReportSubject.of(report).withLogo(logo))
                .flatMap(subject -> figures(definition, subject).flatMap(figures -> store(definition, subject, figures)));
    }

    /**
     * The reports of a run share the datasets that are equal for all of them. For an on-demand report all datasets are read. The same holds
     * for a report of a run that a user requests again, because the user expects new figures.
     */
    private Uni<Figures> figures(Definition definition, ReportSubject subject) {
        var report = subject.report();
        return report.runId() == null || report.askedAgain()
                ? datasets.read(definition, subject.parameters())
                : datasets.readForRun(report.runId(), definition, subject.parameters());
    }

    private Uni<Outcome> store(Definition definition, ReportSubject subject, Figures figures) {
        var report = subject.report();
        var facts = subject.facts(figures.asOf()).withUnsubscribe(links.unsubscribePlaceholder(report));
        return switch (definition.whenEmpty().of(figures.datasets())) {
            case SEND -> render(
                    report,
                    definition,
                    store -> files.make(store, report, definition.withYears(figures.years()), figures.datasets(), facts));
            case NOTE -> render(report, definition, store -> files.note(store, report, definition, figures.datasets(), facts));
            case SKIP -> Uni.createFrom().item(Outcome.skipped("there is nothing to report for %s: no rows in %s"
                    .formatted(report.period(), String.join(", ", new TreeSet<>(definition.whenEmpty().datasets())))));
        };
    }

    /** Makes the files of the report in the store. */
    private interface Work {
        ReportFiles.Made make(TenantFiles store) throws JsonProcessingException;
    }

    private Uni<Outcome> render(ReportTask report, Definition definition, Work work) {
        return vault.toWrite(report.tenant().id())
                .flatMap(store -> renderPool.render(report.tenant().id(), definition.name(), () -> work.make(store)))
                .map(made -> new Outcome.Generated(definition.version(), made.files(), made.warnings()));
    }
}
