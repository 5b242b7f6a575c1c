package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.ReadinessQuery;
import io.weekly.report.Period;
import io.weekly.source.DatasetException;
import io.weekly.source.DatasetParameters;
import io.weekly.source.Readiness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks for waiting runs whether their data are there, each as often as its definition says and for as long as it said when the run began.
 * Every replica does; who takes a run's question asks it alone.
 *
 * <p>The definition is the one that there is now. One that has lost its readiness query since has nothing to wait for. One that is gone or
 * broken leaves its runs waiting: with it their reports would fail, and somebody may be mending it.
 */
@ApplicationScoped
class RunReadiness {

    private static final Logger LOG = Logger.getLogger(RunReadiness.class);
    private static final int BATCH = 100;
    /** Questions under way at once in this process: one slow platform must not keep all others waiting. */
    private static final int AT_ONCE = 4;
    private static final Duration WHILE_BROKEN = Duration.ofMinutes(1);

    private final WaitingRuns waitingRuns;
    private final Definitions definitions;
    private final Readiness readiness;
    private final RunEnqueuer enqueuer;
    private final Database database;

    RunReadiness(WaitingRuns waitingRuns, Definitions definitions, Readiness readiness, RunEnqueuer enqueuer, Database database) {
        this.waitingRuns = waitingRuns;
        this.definitions = definitions;
        this.readiness = readiness;
        this.enqueuer = enqueuer;
        this.database = database;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> ask() {
        return waitingRuns.toAsk(BATCH)
                .onItem()
                .transformToMulti(runs -> Multi.createFrom().iterable(runs))
                .onItem()
                .transformToUni(this::ask)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> ask(WaitingRun run) {
        var definition = definitions.find(run.definition());
        var every = definition.flatMap(Definition::readiness).map(ReadinessQuery::every).orElse(WHILE_BROKEN);
        return waitingRuns.take(run, every)
                .flatMap(mine -> mine ? answer(run, definition) : Uni.createFrom().voidItem())
                // One run's failure is its own: the others go on, and it is asked again after the pause.
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "run %s could not be asked whether its data are ready; it is tried again", run.id()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> answer(WaitingRun run, Optional<Definition> definition) {
        if (definition.isEmpty()) {
            return noAnswer(run, "there is no usable definition " + run.definition());
        }
        return readiness.ask(definition.get(), parameters(run))
                .map(ready -> new Answer(ready, null))
                // No answer is not a no: it is told, and asked again.
                .onFailure()
                .recoverWithItem(failure -> new Answer(false, reason(run.id(), failure)))
                .flatMap(answer -> {
                    if (answer.fault() != null) {
                        return noAnswer(run, answer.fault());
                    }
                    return answer.ready() ? ready(run) : notReady(run);
                });
    }

    private static DatasetParameters parameters(WaitingRun run) {
        return DatasetParameters.ofRun(run.tenant().slug(), Period.parse(run.period()).monday(), run.tenant().zone());
    }

    /** What the definition's author can mend; the rest names hosts and users, which are no tenant's business, and is logged. */
    static String reason(String run, Throwable failure) {
        if (failure instanceof DatasetException) {
            return failure.getMessage();
        }
        LOG.warnf("run %s: the database of the figures could not be asked: %s", run, failure);
        return "the database of the figures could not be asked";
    }

    private Uni<Void> ready(WaitingRun run) {
        return waitingRuns.ready(run).invoke(mine -> {
            if (mine) {
                database.afterCommit(enqueuer::wake);
            }
        }).replaceWithVoid();
    }

    private Uni<Void> notReady(WaitingRun run) {
        return run.isOver() ? late(run, null) : waitingRuns.notYet(run);
    }

    private Uni<Void> noAnswer(WaitingRun run, String fault) {
        if (run.isOver()) {
            return late(run, fault);
        }
        return waitingRuns.noAnswer(run, fault)
                .invoke(news -> {
                    if (news) {
                        LOG.warnf("run %s: nobody can tell whether its data are ready, it is asked again: %s", run.id(), fault);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> late(WaitingRun run, String fault) {
        return waitingRuns.late(run, fault)
                .invoke(mine -> {
                    if (mine) {
                        LOG.warnf("run %s of tenant %s (%s, %s) is held: its data were not ready by %s%s", run.id(), run.tenant().slug(),
                                run.definition(), run.period(), run.until(), fault == null ? "" : "; " + fault);
                    }
                })
                .replaceWithVoid();
    }

    /** @param fault why there is none; null where there is one */
    private record Answer(boolean ready, String fault) {}
}
