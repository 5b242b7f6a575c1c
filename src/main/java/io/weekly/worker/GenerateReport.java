package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.render.RenderException;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.source.DatasetException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The generate stage: takes one report from its claimed job to stored files. A failure of any step becomes an outcome. */
@ApplicationScoped
class GenerateReport implements Stage {

    private static final String NO_SLOT = "a report of this tenant took too long to render, so its reports are rendered one at a time";
    private static final Duration NO_SLOT_PAUSE = Duration.ofSeconds(30);

    private final StageRunner runner;
    private final Definitions definitions;
    private final SourceAvailability source;
    private final ReportComposer composer;
    private final TenantRenderSlots tenantSlots;
    private final RetryPolicy retries;
    private final WantedReports wanted;

    GenerateReport(
            StageRunner runner,
            Definitions definitions,
            SourceAvailability source,
            ReportComposer composer,
            TenantRenderSlots tenantSlots,
            RetryPolicy retries,
            WantedReports wanted) {
        this.runner = runner;
        this.definitions = definitions;
        this.source = source;
        this.composer = composer;
        this.tenantSlots = tenantSlots;
        this.retries = retries;
        this.wanted = wanted;
    }

    @Override
    public Lane lane() {
        return Lane.GENERATE;
    }

    @Override
    public Slots slots() {
        return composer.slots();
    }

    /** A slot stands for a thread of the render pool. The thread is free when the stage has ended, except after a timeout. */
    @Override
    public boolean keepsSlotUntilWritten() {
        return false;
    }

    @Override
    public Uni<FinishedStage> run(Lease lease) {
        return runner.run(lease, report -> generateIfWanted(lease, report), failure -> afterFailure(lease, failure));
    }

    private Uni<Outcome> generateIfWanted(Lease lease, ReportTask report) {
        if (report.status() != ReportStatus.QUEUED) {
            return end(new Outcome.NothingToDo());
        }
        return wanted.unwanted(report).flatMap(unwanted -> unwanted.map(GenerateReport::end).orElseGet(() -> generate(lease, report)));
    }

    private Uni<Outcome> generate(Lease lease, ReportTask report) {
        if (retries.isPast(lease.attempt())) {
            return end(Outcome.failed("no worker survived generating it, %d times".formatted(lease.attempt() - 1)));
        }
        return source.closed(lease).map(GenerateReport::end).orElseGet(() -> generateInSlot(report));
    }

    private Uni<Outcome> generateInSlot(ReportTask report) {
        var tenantId = report.tenant().id();
        if (!tenantSlots.take(tenantId)) {
            return end(Outcome.Retry.noSlot(NO_SLOT, NO_SLOT_PAUSE));
        }
        return Uni.createFrom()
                .deferred(() -> generateByDefinition(report))
                .onTermination()
                .invoke(() -> tenantSlots.release(tenantId));
    }

    private Uni<Outcome> generateByDefinition(ReportTask report) {
        return definitions.find(report.definition())
                .map(definition -> generateWhenReady(report, definition))
                .orElseGet(() -> end(Outcome.failed("there is no usable definition " + report.definition())));
    }

    private Uni<Outcome> generateWhenReady(ReportTask report, Definition definition) {
        return source.notReady(report, definition)
                .flatMap(notReady -> notReady.map(GenerateReport::end).orElseGet(() -> composer.compose(report, definition)));
    }

    /**
     * A fault of the definition, or a rendering that took too long, would happen again, so the report fails at once. While the source is
     * away, the report waits. Any other failure may be temporary.
     */
    private Outcome afterFailure(Lease lease, Throwable failure) {
        return source.away(failure).orElseGet(() -> afterOwnFailure(lease, failure));
    }

    private Outcome afterOwnFailure(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        if (failure instanceof RenderException || failure instanceof DatasetException || failure instanceof RenderTimeout) {
            return Outcome.failed(reason);
        }
        return retries.pauseAfter(lease.attempt())
                .<Outcome>map(pause -> Outcome.Retry.afterFailure(reason, pause))
                .orElseGet(() -> Outcome.failed(reason));
    }

    private static Uni<Outcome> end(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}
