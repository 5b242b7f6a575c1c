package io.weekly.owner;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.Sha256;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Ids;
import io.weekly.owner.DigestLetter.Section;
import io.weekly.schedule.SendTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes the weekly digests: one letter to each owner whose schedules had problems in the week. All letters of a tenant are stored in one
 * transaction, together with the moment up to which its digests are written.
 */
@ApplicationScoped
class Digests {

    private final Database database;
    private final DigestTurns turns;
    private final OwnerMails mails;
    private final OwnerEvents events;
    private final SendTime time;
    private final Clock clock;

    Digests(Database database, DigestTurns turns, OwnerMails mails, OwnerEvents events, OwnerConfig config, Clock clock) {
        this.database = database;
        this.turns = turns;
        this.mails = mails;
        this.events = events;
        this.time = new SendTime(config.digestWeekday(), LocalTime.parse(config.digestTime()));
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        return write(clock.instant());
    }

    /** Writes the digests of all tenants that are due at this moment. */
    Uni<Void> write(Instant now) {
        return turns.tenants()
                .onItem()
                .transformToUniAndConcatenate(tenant -> write(tenant, tenant.due(time, now)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> write(DigestTenant tenant, Instant due) {
        if (tenant.writtenTo() == null) {
            return turns.begin(tenant, due);
        }
        if (!tenant.isWaitingFor(due)) {
            return Uni.createFrom().voidItem();
        }
        var written = database.transaction(transaction -> turns.take(transaction, tenant).flatMap(taken -> taken
                .filter(current -> current.isWaitingFor(due))
                .map(current -> letters(transaction, current, due))
                .orElseGet(() -> Uni.createFrom().item(0))));
        return FailureIsolation.isolate(
                written.invoke(letters -> events.digestsWritten(tenant.slug(), letters)).replaceWithVoid(),
                failure -> events.digestFailed(tenant.slug(), failure));
    }

    private Uni<Integer> letters(SqlClient transaction, DigestTenant tenant, Instant due) {
        var reasons = new DigestReasons(transaction, tenant.id());
        return DigestRuns.read(transaction, tenant, tenant.from(due), tenant.until(due))
                .map(Digests::byOwner)
                .flatMap(owners -> Multi.createFrom()
                        .iterable(owners)
                        .onItem()
                        .transformToUniAndConcatenate(runs -> post(transaction, tenant, due, DigestLetter.worstFirst(runs), reasons))
                        .collect()
                        .last()
                        .flatMap(_ -> turns.written(transaction, tenant, due))
                        .replaceWith(owners.size()));
    }

    private static Collection<List<DigestRun>> byOwner(List<DigestRun> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(run -> run.owner().toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private Uni<Void> post(SqlClient transaction, DigestTenant tenant, Instant due, List<DigestRun> runs, DigestReasons reasons) {
        var owner = runs.getFirst().owner();
        return Multi.createFrom()
                .iterable(runs.subList(0, Math.min(DigestLetter.MAX_RUNS, runs.size())))
                .onItem()
                .transformToUniAndConcatenate(run -> reasons.of(run).map(problems -> new Section(run, problems)))
                .collect()
                .asList()
                .flatMap(sections -> mails.post(
                        transaction, tenant.id(), id(tenant, owner, due), LetterKind.DIGEST, owner, null,
                        DigestLetter.subject(tenant, runs),
                        DigestLetter.body(tenant, tenant.from(due), tenant.until(due), runs, sections)));
    }

    /** The id of a digest: one for each tenant, owner and ISO week. */
    private static String id(DigestTenant tenant, String owner, Instant due) {
        var name = "%d %s %s".formatted(tenant.id(), tenant.week(due), owner.toLowerCase(Locale.ROOT));
        return Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, Ids.NONE.length());
    }
}
