package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.ReadinessQuery;
import io.weekly.queue.Lease;
import io.weekly.queue.Priority;
import io.weekly.queue.RetryPolicy;
import io.weekly.render.RenderException;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import io.weekly.source.DatasetException;
import io.weekly.source.Datasets;
import io.weekly.source.Figures;
import io.weekly.source.Readiness;
import io.weekly.source.SourceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** The first stage: one report, from a claimed job to stored files. Every step may fail; the outcome says how it ends. */
@ApplicationScoped
class GenerateReport {

    private final ReportStages reports;
    private final Definitions definitions;
    private final Readiness readiness;
    private final Datasets datasets;
    private final TenantLogos logos;
    private final RenderPool renderPool;
    private final ReportFiles files;
    private final RetryPolicy retries;
    private final RenderConfig config;
    private final SourceConfig source;
    private final Clock clock;

    GenerateReport(
            ReportStages reports,
            Definitions definitions,
            Readiness readiness,
            Datasets datasets,
            TenantLogos logos,
            RenderPool renderPool,
            ReportFiles files,
            RetryPolicy retries,
            RenderConfig config,
            SourceConfig source,
            Clock clock) {
        this.reports = reports;
        this.definitions = definitions;
        this.readiness = readiness;
        this.datasets = datasets;
        this.logos = logos;
        this.renderPool = renderPool;
        this.files = files;
        this.retries = retries;
        this.config = config;
        this.source = source;
        this.clock = clock;
    }

    Uni<Finished> generate(Lease lease) {
        var startedAt = clock.instant();
        return reports.task(lease.tenantId(), lease.reportId()).flatMap(found -> found.map(
                        report -> generate(lease, report))
                .orElseGet(() -> end(new Outcome.Moot()))
                .map(outcome -> new Finished(lease, found, startedAt, clock.instant(), outcome, Optional.empty())))
                // The report could not even be read: the job alone is put off.
                .onFailure()
                .recoverWithItem(failure -> new Finished(
                        lease,
                        Optional.empty(),
                        startedAt,
                        clock.instant(),
                        new Outcome.Again(FailureReason.of(failure), retries.maxBackoff()),
                        Optional.empty()));
    }

    private Uni<Outcome> generate(Lease lease, ReportTask report) {
        if (report.status() != ReportStatus.QUEUED) {
            return end(new Outcome.Moot());
        }
        var unwanted = Unwanted.outcome(report, clock.instant());
        if (unwanted.isPresent()) {
            return end(unwanted.get());
        }
        if (retries.isPast(lease.attempt())) {
            return end(new Outcome.Failed("no worker survived generating it, %d times".formatted(lease.attempt() - 1)));
        }
        var pause = untilAllowed(lease);
        if (pause.isPositive()) {
            return end(new Outcome.PutOff("datasets are not read in bulk at this hour", pause));
        }
        return definitions
                .find(report.definition())
                .map(definition -> ready(report, definition)
                        .flatMap(notYet -> notYet.isPresent() ? end(notYet.get()) : generate(report, definition)))
                .orElseGet(() -> end(new Outcome.Failed("there is no usable definition " + report.definition())))
                .onFailure()
                .recoverWithItem(failure -> ended(lease, failure));
    }

    /** On demand somebody waits for it; the platform bears one report more at any hour. */
    private Duration untilAllowed(Lease lease) {
        return lease.priority() == Priority.ON_DEMAND
                ? Duration.ZERO
                : source.allowedHours().map(hours -> hours.untilOpen(clock.instant())).orElse(Duration.ZERO);
    }

    /** How it ends where the data are not there yet; a run asks once for all of its reports, before they get here. */
    private Uni<Optional<Outcome>> ready(ReportTask report, Definition definition) {
        if (report.runId() != null || definition.readiness().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return readiness.ask(definition, ReportSubject.of(report).parameters())
                .map(ready -> ready ? Optional.empty() : Optional.of(notReady(report, definition.readiness().get())));
    }

    private Outcome notReady(ReportTask report, ReadinessQuery readiness) {
        var left = Duration.between(clock.instant(), report.createdAt().plus(readiness.longest()));
        var reason = "the data of %s are not ready (%s)".formatted(report.period(), readiness.query().name());
        if (!left.isPositive()) {
            return new Outcome.Failed("%s, %s after it was asked for".formatted(reason, readiness.longestText()));
        }
        return new Outcome.PutOff(reason, left.compareTo(readiness.every()) < 0 ? left : readiness.every());
    }

    private Uni<Outcome> generate(ReportTask report, Definition definition) {
        return logos.of(report).map(logo -> ReportSubject.of(report).withLogo(logo)).flatMap(subject -> generate(report, definition, subject));
    }

    private Uni<Outcome> generate(ReportTask report, Definition definition, ReportSubject subject) {
        return figures(report, definition, subject).flatMap(figures -> {
            var facts = subject.facts(figures.asOf());
            return switch (definition.whenEmpty().of(figures.datasets())) {
                case SEND -> made(definition, () -> files.make(report, definition, figures.datasets(), facts));
                case NOTE -> made(definition, () -> files.note(report, definition, figures.datasets(), facts));
                case SKIP -> end(new Outcome.Skipped("there is nothing to report for %s: no rows in %s"
                        .formatted(report.period(), String.join(", ", new TreeSet<>(definition.whenEmpty().datasets())))));
            };
        });
    }

    private Uni<Outcome> made(Definition definition, Callable<List<StoredFile>> files) {
        return renderPool.submit(files)
                .ifNoItem()
                .after(config.timeout())
                .failWith(() -> new TookTooLong(definition, config.timeout()))
                .map(stored -> new Outcome.Generated(definition.version(), stored));
    }

    /**
     * What somebody asked for is read for it alone; the reports of a run share what is equal for all of them. Whoever asks for one of those
     * again does so because there are other figures now.
     */
    private Uni<Figures> figures(ReportTask report, Definition definition, ReportSubject subject) {
        return report.runId() == null || report.askedAgain()
                ? datasets.read(definition, subject.parameters())
                : datasets.readForRun(report.runId(), definition, subject.parameters());
    }

    /** What lies with the definition stays as it is however often it is tried; anything else may pass. */
    private Outcome ended(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        if (failure instanceof RenderException || failure instanceof DatasetException || failure instanceof TookTooLong) {
            return new Outcome.Failed(reason);
        }
        return retries.pauseAfter(lease.attempt())
                .<Outcome>map(pause -> new Outcome.Again(reason, pause))
                .orElseGet(() -> new Outcome.Failed(reason));
    }

    private static Uni<Outcome> end(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }

    /** A page that is not done in time; its thread may go on, its report does not wait for it. */
    private static final class TookTooLong extends RuntimeException {
        TookTooLong(Definition definition, Duration timeout) {
            super("%s took longer to render than weekly.render.timeout (%s)".formatted(definition.name(), timeout));
        }
    }
}
