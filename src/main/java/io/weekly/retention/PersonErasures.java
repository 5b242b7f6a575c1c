package io.weekly.retention;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.FailureIsolation;
import io.weekly.retention.Erasures.Open;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Carries out the erasures of persons. An erasure is repeated until nothing is left: while a worker is at a report of the person, or the
 * store is away, it stays open. A process takes an erasure for a while; if it dies, or takes longer, another process may do it too.
 */
@ApplicationScoped
class PersonErasures {

    private static final int BATCH = 100;

    private final Erasures erasures;
    private final PersonAddresses addresses;
    private final ReportDataEraser reports;
    private final List<PersonalData> others;
    private final RetentionEvents events;

    PersonErasures(
            Erasures erasures, PersonAddresses addresses, ReportDataEraser reports, @All List<PersonalData> others,
            RetentionEvents events) {
        this.erasures = erasures;
        this.addresses = addresses;
        this.reports = reports;
        this.others = others;
        this.events = events;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> erase() {
        return erasures.due(BATCH)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUniAndConcatenate(this::erase)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> erase(Open open) {
        var erased = erasures.take(open).flatMap(taken -> taken ? eraseAll(open) : Uni.createFrom().voidItem());
        // It is tried again later.
        return FailureIsolation.isolate(erased, failure -> events.notErased(open.id(), failure));
    }

    private Uni<Void> eraseAll(Open open) {
        var requested = open.person();
        return addresses.withoutOthers(requested.scope(), requested.addresses())
                .map(requested::withAddresses)
                .flatMap(person -> reports.erase(person)
                        .flatMap(done -> eraseOthers(person).map(othersDone -> done && othersDone)))
                .flatMap(done -> done
                        ? erasures.finish(open).invoke(() -> events.erased(open.id()))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> eraseOthers(Person person) {
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(data -> data.erase(person))
                .collect()
                .asList()
                .map(results -> results.stream().allMatch(done -> done));
    }
}
