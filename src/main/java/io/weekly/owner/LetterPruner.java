package io.weekly.owner;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes old letters and problems that are over. Each pass deletes a limited number of rows, and every replica may run it. */
@ApplicationScoped
class LetterPruner {

    private final SentLetters sent;
    private final AddressProblems problems;

    LetterPruner(SentLetters sent, AddressProblems problems) {
        this.sent = sent;
        this.problems = problems;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return sent.prune().flatMap(_ -> problems.settle()).flatMap(_ -> problems.prune());
    }
}
