package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the newest part of the audit trail within the service. It is limited, so that it does not burden the database for minutes: one
 * verification at a time in a process, and at most a million events. The command {@code verify-audit} has no limits.
 */
@ApplicationScoped
public class AuditVerification {

    private static final Duration DEFAULT_PERIOD = Duration.ofDays(1);
    private static final long MAX_EVENTS = 1_000_000;
    private static final int MAX_SEALS = 20_000;

    private final Database database;
    private final SealKeys keys;
    private final SealConfig config;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    AuditVerification(Database database, SealKeys keys, SealConfig config, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** The whole trail; the faults name the events that they concern. Empty if this process is verifying already. */
    public Uni<Optional<Verdict>> verify(@Nullable Instant from) {
        return once(() -> verify(from, null));
    }

    /**
     * The same for one tenant. The verdict is on the whole trail, because events are sealed together. But it counts only the events of the
     * tenant, and does not say which events the faults concern.
     */
    public Uni<Optional<Verdict>> verify(@Nullable Instant from, int tenantId) {
        return once(() -> verify(from, Integer.valueOf(tenantId)).withoutEvents());
    }

    private Uni<Optional<Verdict>> once(Supplier<Verdict> work) {
        return Uni.createFrom()
                .item(() -> running.compareAndSet(false, true) ? Optional.of(endAfter(work)) : Optional.<Verdict>empty())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Verdict endAfter(Supplier<Verdict> work) {
        try {
            return work.get();
        } finally {
            running.set(false);
        }
    }

    private Verdict verify(@Nullable Instant from, @Nullable Integer tenantId) {
        var folders = config.anchor().map(AnchorFolder::new).map(List::of).orElse(List.of());
        var verification = new Verification(
                new ServiceTrail(database, tenantId),
                keys,
                config.late(),
                folders,
                event -> tenantId == null || Long.valueOf(tenantId).equals(event.tenantId()));
        return verification.verify(() -> firstSeal(from == null ? clock.instant().minus(DEFAULT_PERIOD) : from));
    }

    /** The first seal of the period, or a later one if that would be too many events. If the period has none, the newest seal. */
    private long firstSeal(Instant from) {
        var ofPeriod = Seals.firstSince(database.client(), from).await().atMost(ServiceTrail.TIMEOUT);
        var newest = Seals.newestSizes(database.client(), MAX_SEALS).await().atMost(ServiceTrail.TIMEOUT);
        var first = newest.isEmpty() ? 1 : newest.getFirst().number();
        var events = 0L;
        for (var seal : newest) {
            events += seal.events();
            if (events > MAX_EVENTS || seal.number() < ofPeriod.orElse(Long.MAX_VALUE)) {
                return first;
            }
            first = seal.number();
        }
        return first;
    }
}
