package io.weekly.retention;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Keyset;
import io.weekly.store.RetentionConfig;
import io.weekly.store.encryption.FileKeys;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.TenantErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/**
 * Erases files, personal data and file keys of tenants that ended longer than {@code weekly.retention.tenant-grace} ago. Reports, runs and
 * audit events stay, without the persons. Repeated until nothing is left; several processes may be at the same tenant.
 */
@ApplicationScoped
class EndedTenants {

    private static final int PAGE = 20;
    /** The most parts of one kind of data in one pass. */
    private static final int PARTS = 10_000;

    private final TenantErasure tenants;
    private final ReportDataEraser reports;
    private final List<PersonalData> others;
    private final RetentionConfig config;
    private final FileKeys fileKeys;
    private final RetentionEvents events;
    private final Clock clock;

    EndedTenants(
            TenantErasure tenants, ReportDataEraser reports, @All List<PersonalData> others, RetentionConfig config, FileKeys fileKeys,
            RetentionEvents events, Clock clock) {
        this.tenants = tenants;
        this.reports = reports;
        this.others = others;
        this.config = config;
        this.fileKeys = fileKeys;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> erase() {
        var endedUntil = clock.instant().minus(config.tenantGrace());
        // All of them: tenants that cannot be erased must not keep the others waiting.
        return Keyset.rows(0, after -> tenants.due(endedUntil, after, PAGE), tenantId -> tenantId)
                .onItem()
                .transformToUniAndConcatenate(this::erase)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> erase(int tenantId) {
        // The recipients first: a stage that begins after that finds nobody.
        var erased = eraseOthers(tenantId)
                .flatMap(done -> reports.eraseAll(new OfTenant(tenantId)).map(reportsDone -> done && reportsDone))
                .flatMap(done -> done ? end(tenantId) : Uni.createFrom().voidItem());
        // The next pass tries a failed tenant again.
        return FailureIsolation.isolate(erased, failure -> events.tenantNotErased(tenantId, failure));
    }

    /** The key set goes after the files: copies of them that are left somewhere cannot be decrypted any more. */
    private Uni<Void> end(int tenantId) {
        return fileKeys.delete(tenantId)
                .flatMap(_ -> tenants.finish(tenantId))
                .invoke(() -> events.tenantErased(tenantId));
    }

    private Uni<Boolean> eraseOthers(int tenantId) {
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(data -> Multi.createBy()
                        .repeating()
                        .uni(() -> data.eraseAll(tenantId))
                        .whilst(done -> !done)
                        .select()
                        .first(PARTS)
                        .collect()
                        .last())
                .collect()
                .asList()
                .map(results -> results.stream().allMatch(done -> done));
    }
}
