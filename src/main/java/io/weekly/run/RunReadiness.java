package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.ReadinessQuery;
import io.weekly.report.Period;
import io.weekly.source.DatasetException;
import io.weekly.source.DatasetParameters;
import io.weekly.source.Readiness;
import io.weekly.source.SourceAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the data of waiting runs are ready, by the readiness query of the definition. The definition sets the pause between two
 * checks. The longest wait of a run was stored when the run started. Every replica runs this timer, and only one process makes each check.
 *
 * <p>The current version of the definition is used. If it no longer has a readiness query, the data count as ready. If the definition was
 * removed or is broken, its runs continue to wait: their reports would fail now, and somebody may be repairing the definition.
 */
@ApplicationScoped
class RunReadiness {

    private static final int BATCH = 100;
    /** Checks at the same time in this process: a slow source database must not delay all others. */
    private static final int CONCURRENCY = 4;
    private static final Duration PAUSE_WHILE_BROKEN = Duration.ofMinutes(1);

    private final RunWaits waits;
    private final WaitingRuns waitingRuns;
    private final Definitions definitions;
    private final Readiness readiness;
    private final RunEnqueuer enqueuer;
    private final Database database;
    private final RunEvents events;

    RunReadiness(
            RunWaits waits,
            WaitingRuns waitingRuns,
            Definitions definitions,
            Readiness readiness,
            RunEnqueuer enqueuer,
            Database database,
            RunEvents events) {
        this.waits = waits;
        this.waitingRuns = waitingRuns;
        this.definitions = definitions;
        this.readiness = readiness;
        this.enqueuer = enqueuer;
        this.database = database;
        this.events = events;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> check() {
        return waits.due(BATCH)
                .onItem()
                .transformToMulti(runs -> Multi.createFrom().iterable(runs))
                .onItem()
                .transformToUni(this::check)
                .merge(CONCURRENCY)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> check(WaitingRun run) {
        var definition = definitions.find(run.definition());
        var pause = definition.flatMap(Definition::readiness).map(ReadinessQuery::every).orElse(PAUSE_WHILE_BROKEN);
        // A run whose check failed is checked again after the pause.
        return FailureIsolation.isolate(
                waits.take(run, pause).flatMap(taken -> taken ? check(run, definition) : Uni.createFrom().voidItem()),
                failure -> events.readinessNotAsked(run.id(), failure));
    }

    private Uni<Void> check(WaitingRun run, Optional<Definition> definition) {
        if (definition.isEmpty()) {
            return unknown(run, "there is no usable definition " + run.definition());
        }
        return readiness.ask(definition.get(), parameters(run))
                .map(Answer::of)
                // Package source logs an outage of the source, once for all runs.
                .onFailure(failure -> !(failure instanceof DatasetException || failure instanceof SourceAwayException))
                .invoke(failure -> events.sourceNotReachable(run.id(), failure))
                .onFailure()
                .recoverWithItem(failure -> new Answer.Unknown(reason(failure)))
                .flatMap(answer -> switch (answer) {
                    case Answer.Ready _ -> ready(run);
                    case Answer.NotReady _ -> notReady(run);
                    case Answer.Unknown unknown -> unknown(run, unknown.reason());
                });
    }

    private static DatasetParameters parameters(WaitingRun run) {
        return DatasetParameters.ofRun(run.tenant().slug(), Period.parse(run.period()).monday(), run.tenant().zone());
    }

    /** For events and letters: what the author of the definition can fix. Other failures name hosts and users; they are only logged. */
    static String reason(Throwable failure) {
        var message = failure instanceof DatasetException ? failure.getMessage() : null;
        return message == null ? "the source database could not be queried" : message;
    }

    private Uni<Void> ready(WaitingRun run) {
        return waitingRuns.ready(run).invoke(ended -> {
            if (ended) {
                database.afterCommit(enqueuer::wake);
            }
        }).replaceWithVoid();
    }

    private Uni<Void> notReady(WaitingRun run) {
        return run.isOver() ? late(run, null) : waitingRuns.notReady(run);
    }

    private Uni<Void> unknown(WaitingRun run, String fault) {
        if (run.isOver()) {
            return late(run, fault);
        }
        return waitingRuns.unknown(run, fault)
                .invoke(isNew -> {
                    if (isNew) {
                        events.readinessUnknown(run.id(), fault);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> late(WaitingRun run, @Nullable String fault) {
        return waitingRuns.late(run, fault)
                .invoke(ended -> {
                    if (ended) {
                        events.dataLate(run, fault);
                    }
                })
                .replaceWithVoid();
    }

    private sealed interface Answer {
        record Ready() implements Answer {}

        record NotReady() implements Answer {}

        /** The question failed. */
        record Unknown(String reason) implements Answer {}

        static Answer of(boolean ready) {
            return ready ? new Ready() : new NotReady();
        }
    }
}
