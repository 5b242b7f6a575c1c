package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Applies the result of a readiness check to a waiting run: the run continues to wait, is released, or is held. */
@ApplicationScoped
class WaitingRuns {

    private static final int MAX_FAULT_LENGTH = 1000;

    private final Database database;
    private final RunWaits waits;
    private final HeldRuns heldRuns;
    private final OwnerPost post;
    private final RunConfig config;
    private final RunAudit audit;

    WaitingRuns(Database database, RunWaits waits, HeldRuns heldRuns, OwnerPost post, RunConfig config, RunAudit audit) {
        this.database = database;
        this.waits = waits;
        this.heldRuns = heldRuns;
        this.post = post;
        this.config = config;
        this.audit = audit;
    }

    /** The data are not ready, so the run continues to wait. */
    Uni<Void> notReady(WaitingRun run) {
        return waits.answered(database.client(), run, null).replaceWithVoid();
    }

    /**
     * The check failed, so the run continues to wait. Returns whether the reason differs from the last one. Only then an event is written.
     */
    Uni<Boolean> unknown(WaitingRun run, String reason) {
        var fault = shortened(reason);
        return database.transaction(transaction -> waits.answered(transaction, run, fault)
                .call(isNew -> isNew
                        ? audit.append(transaction, run.tenantId(), run.id(), "run.readiness-unknown", Map.of("reason", fault))
                        : Uni.createFrom().voidItem()));
    }

    /** The data are ready: the run is released, or its canaries are sent. False if something else has ended the wait before. */
    Uni<Boolean> ready(WaitingRun run) {
        var detail = Map.<String, Object>of("asked", run.asked() + 1);
        return end(run, (transaction, locked) -> audit.append(transaction, run.tenantId(), run.id(), "run.data-ready", detail)
                .flatMap(_ -> locked.approval() == Approval.CANARY
                        ? heldRuns.hold(transaction, locked).flatMap(_ -> heldRuns.sendCanaries(transaction, locked))
                        : heldRuns.release(transaction, locked)));
    }

    /**
     * The wait is over and the data are not ready: the run is held, and the owner of its schedule gets one mail. False if something else
     * has ended the wait before.
     *
     * @param fault why the last check failed; null if it did not fail
     */
    Uni<Boolean> late(WaitingRun run, @Nullable String fault) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("until", run.until().toString());
        detail.put("asked", run.asked() + 1);
        if (fault != null) {
            detail.put("reason", shortened(fault));
        }
        return end(run, (transaction, locked) -> heldRuns.hold(transaction, locked)
                .flatMap(_ -> audit.append(transaction, run.tenantId(), run.id(), "run.data-late", detail))
                .flatMap(_ -> run.owner() == null
                        ? Uni.createFrom().voidItem()
                        : post.post(transaction, run.tenantId(), run.id(), run.owner(),
                                LateDataLetter.of(run, fault, config.approvalTimeout()))));
    }

    private Uni<Boolean> end(WaitingRun run, BiFunction<SqlClient, LockedRun, Uni<Void>> change) {
        return database.transaction(transaction -> RunLocks.lockWaiting(transaction, run.tenantId(), run.id())
                .flatMap(locked -> locked.isEmpty()
                        ? Uni.createFrom().item(false)
                        : waits.end(transaction, run.tenantId(), run.id())
                                .flatMap(_ -> change.apply(transaction, locked.get()))
                                .replaceWith(true)));
    }

    private static String shortened(String reason) {
        return Ellipsis.shorten(reason, MAX_FAULT_LENGTH);
    }
}
