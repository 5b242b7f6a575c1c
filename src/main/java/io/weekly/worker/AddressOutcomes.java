package io.weekly.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.suppression.SoftBounces;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.delivery.suppression.Suppressions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Writes what the ends of dialogues say about the addresses of a batch: some do not exist, some mailboxes are full, some took a mail. */
@ApplicationScoped
class AddressOutcomes {

    private final Suppressions suppressions;
    private final SoftBounces softBounces;

    AddressOutcomes(Suppressions suppressions, SoftBounces softBounces) {
        this.suppressions = suppressions;
        this.softBounces = softBounces;
    }

    /**
     * Writes all of it in the caller's transaction, in the order of the addresses, so that two batches rarely deadlock. A transaction that
     * does is run again.
     */
    Uni<Void> write(SqlClient transaction, List<FinishedStage> batch) {
        var told = batch.stream()
                .flatMap(finished -> AddressOutcome.of(finished).stream())
                .sorted(Comparator.comparing(AddressOutcome::tenantId).thenComparing(AddressOutcome::address))
                .toList();
        var took = new TreeMap<Integer, List<String>>();
        told.stream()
                .filter(outcome -> outcome.kind() == AddressOutcome.Kind.TOOK)
                .forEach(outcome -> took.computeIfAbsent(outcome.tenantId(), _ -> new ArrayList<>()).add(outcome.address()));
        return Multi.createFrom()
                .iterable(told)
                .onItem()
                .transformToUniAndConcatenate(outcome -> write(transaction, outcome))
                .collect()
                .last()
                .chain(() -> Multi.createFrom()
                        .iterable(took.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(of -> softBounces.accepted(transaction, of.getKey(), of.getValue()))
                        .collect()
                        .last());
    }

    private Uni<Void> write(SqlClient transaction, AddressOutcome outcome) {
        return switch (outcome.kind()) {
            case TOOK -> Uni.createFrom().voidItem();
            case DOES_NOT_EXIST -> suppressions.add(
                    transaction, outcome.tenantId(), outcome.address(), SuppressionReason.BOUNCED, outcome.reply(), outcome.at());
            case FULL -> softBounces.addFromDialogue(
                    transaction, outcome.tenantId(), outcome.address(), outcome.period(), outcome.reply(), outcome.at());
        };
    }
}
