package io.weekly.audit.seal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Seals settled events, once a minute, in one of all processes. Each seal is one transaction. If the process dies in between, the next pass
 * goes on after the last seal.
 */
@ApplicationScoped
class Sealer {

    /** Events in the range of one seal. */
    static final int MAX_EVENTS = 10_000;
    /** A seal also ends when its range has so many gaps, because it lists them. */
    private static final int MAX_GAPS = 2000;
    /** Seals of one pass. The next pass makes the others. */
    private static final int MAX_SEALS = 50;

    private final Database database;
    private final SealTurns turns;
    private final SealKeys keys;
    private final SealAnchors anchors;
    private final SealConfig config;
    private final SealLog log;
    private final AtomicBoolean newProcess = new AtomicBoolean(true);

    Sealer(Database database, SealTurns turns, SealKeys keys, SealAnchors anchors, SealConfig config, SealLog log) {
        this.database = database;
        this.turns = turns;
        this.keys = keys;
        this.anchors = anchors;
        this.config = config;
        this.log = log;
    }

    void start(@Observes StartupEvent event) {
        if (keys.current().isEmpty()) {
            log.noKey();
        }
    }

    @Scheduled(
            every = "${weekly.audit.seal-interval}",
            delayed = "15s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sealIfDue() {
        return turns.take(config.sealInterval())
                .flatMap(taken -> taken ? pass() : Uni.createFrom().voidItem())
                .flatMap(_ -> turns.oldestUnsealed())
                .invoke(log::oldestUnsealed)
                .replaceWithVoid();
    }

    /** Seals what is settled, and writes the anchors. Makes no seals without a key. */
    Uni<Void> pass() {
        return keys.current()
                .map(key -> logHead().flatMap(_ -> turns.settled(config.settle())).flatMap(settled -> seal(key, settled, 0)))
                .orElse(Uni.createFrom().voidItem())
                .flatMap(_ -> anchors.write());
    }

    /** The first pass of a process repeats the line of the newest seal: the process that made it may have died before it wrote the line. */
    private Uni<Void> logHead() {
        return newProcess.compareAndSet(true, false)
                ? Seals.head(database.client()).invoke(head -> head.ifPresent(this::write)).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> seal(String key, long settled, int made) {
        if (made == MAX_SEALS) {
            return Uni.createFrom().voidItem();
        }
        return database.transaction(transaction -> sealNext(transaction, key, settled, made == 0))
                .flatMap(seal -> seal.map(this::write).map(_ -> seal(key, settled, made + 1)).orElse(Uni.createFrom().voidItem()));
    }

    private Seal write(Seal seal) {
        if (!seal.late().isEmpty()) {
            log.lateEvents(seal);
        }
        log.sealed(anchors.line(seal));
        return seal;
    }

    /** Empty if there is nothing to seal. */
    private Uni<Optional<Seal>> sealNext(SqlConnection transaction, String key, long settled, boolean lookForLate) {
        return SealTurns.lock(transaction)
                .flatMap(now -> Seals.head(transaction)
                        .flatMap(head -> late(transaction, head, lookForLate)
                                .flatMap(late -> digest(transaction, head, late, settled))
                                .map(digest -> seal(head, digest, now, key))))
                .flatMap(seal -> seal.isEmpty()
                        ? Uni.createFrom().item(seal)
                        : Seals.insert(transaction, seal.get()).replaceWith(seal));
    }

    private Uni<IdRanges> late(SqlConnection transaction, Optional<Seal> head, boolean lookForLate) {
        return lookForLate && head.isPresent()
                ? LateEvents.find(transaction, head.get(), config.late())
                : Uni.createFrom().item(IdRanges.NONE);
    }

    private static Uni<EventDigest> digest(SqlConnection transaction, Optional<Seal> head, IdRanges late, long settled) {
        var first = head.map(Seal::lastId).orElse(0L) + 1;
        var digest = new EventDigest(first);
        return EventRows.byId(transaction, late, digest::add)
                .flatMap(_ -> EventRows.inRange(transaction, first, settled, event -> add(digest, event)))
                .replaceWith(digest);
    }

    /** False if the seal is full. */
    private static boolean add(EventDigest digest, SealedEvent event) {
        digest.add(event);
        return digest.events() < MAX_EVENTS && digest.gapCount() < MAX_GAPS;
    }

    private Optional<Seal> seal(Optional<Seal> head, EventDigest digest, long now, String key) {
        return digest.events() == 0
                ? Optional.empty()
                : Optional.of(keys.sign(Seal.after(head.orElse(null), digest, now, null, key)));
    }
}
