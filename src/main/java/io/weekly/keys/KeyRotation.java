package io.weekly.keys;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Encrypts with the current key what was encrypted with older ones, so that an operator can remove these. It runs in the background, in
 * small steps. If the process dies, the things that are done stay done, and the next request does the rest.
 */
@ApplicationScoped
public class KeyRotation {

    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    private final Keyring keyring;
    private final List<Reencryption> kinds;
    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    /** Requests that are not done. A request during a rotation causes another rotation, which finds what was made in the meantime. */
    private final AtomicInteger requests = new AtomicInteger();

    KeyRotation(Keyring keyring, @All List<Reencryption> kinds, Database database, AuditLog audit, Clock clock) {
        this.keyring = keyring;
        this.kinds = kinds;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Writes the audit event and starts a rotation in the background.
     *
     * @return the id of the current key; empty if there is none, and then nothing is started
     */
    public Uni<Optional<String>> request(String actor) {
        return keyring.current()
                .map(id -> database.transaction(transaction -> audit.append(transaction, new AuditEvent(
                                null, clock.instant(), actor, "keys.rotation-requested", id, Map.of())))
                        .invoke(() -> database.afterCommit(this::start))
                        .replaceWith(Optional.of(id)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private void start() {
        if (requests.getAndIncrement() == 0) {
            run();
        }
    }

    private void run() {
        var seen = requests.get();
        rotate().subscribe().with(_ -> ended(seen), failure -> {
            LOG.error("the rotation of the keys broke off; request it again", failure);
            ended(seen);
        });
    }

    private void ended(int seen) {
        if (requests.addAndGet(-seen) > 0) {
            run();
        }
    }

    /** Encrypts everything anew, one kind after the other, and logs how much. */
    Uni<Void> rotate() {
        return Multi.createFrom().iterable(kinds)
                .onItem()
                .transformToUniAndConcatenate(this::rotate)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> rotate(Reencryption kind) {
        var position = new AtomicReference<>(Optional.of(Reencryption.START));
        var moved = new AtomicInteger();
        var failed = new AtomicInteger();
        return Multi.createBy()
                .repeating()
                .uni(() -> kind.next(position.get().orElseThrow()).invoke(step -> {
                    position.set(step.next());
                    moved.addAndGet(step.moved());
                    failed.addAndGet(step.failed());
                }))
                .whilst(step -> step.next().isPresent())
                .collect()
                .last()
                .invoke(() -> log(kind, moved.get(), failed.get()))
                .replaceWithVoid();
    }

    private void log(Reencryption kind, int moved, int failed) {
        LOG.infof("rotation of the keys: %d %s were encrypted with weekly.keys.%s", moved, kind.things(), keyring.current().orElse(""));
        if (failed > 0) {
            LOG.errorf("rotation of the keys: %d %s could not be decrypted, so they still need their old key", failed, kind.things());
        }
    }
}
