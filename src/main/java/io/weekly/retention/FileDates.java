package io.weekly.retention;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Keyset;
import io.weekly.report.KeptFiles;
import io.weekly.report.ReportErasure;
import io.weekly.retention.RetentionChanges.Locked;
import io.weekly.store.RetentionConfig;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives the files of a tenant a new date when its {@code retentionDays} have changed: in pages of reports, each in a transaction that also
 * moves the cursor. So after a crash the next pass goes on where this one ended. A report that is being made at that moment may keep the
 * date of the old setting.
 */
@ApplicationScoped
class FileDates {

    private static final int PAGE = 200;

    private final Database database;
    private final RetentionChanges changes;
    private final ReportErasure reports;
    private final KeptFiles files;
    private final RetentionConfig config;
    private final RetentionEvents events;

    FileDates(
            Database database, RetentionChanges changes, ReportErasure reports, KeptFiles files, RetentionConfig config,
            RetentionEvents events) {
        this.database = database;
        this.changes = changes;
        this.reports = reports;
        this.files = files;
        this.config = config;
        this.events = events;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> update() {
        return Keyset.rows(0, after -> changes.open(after, PAGE), tenantId -> tenantId)
                .onItem()
                .transformToUniAndConcatenate(this::update)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> update(int tenantId) {
        var updated = Multi.createBy()
                .repeating()
                .uni(() -> database.transaction(transaction -> changes.lock(transaction, tenantId)
                        .flatMap(locked -> locked.isEmpty()
                                ? Uni.createFrom().item(false)
                                : page(transaction, locked.get()))))
                .whilst(isMore -> isMore)
                .collect()
                .last()
                .replaceWithVoid();
        // The next pass goes on at the cursor.
        return FailureIsolation.isolate(updated, failure -> events.filesNotDated(tenantId, failure));
    }

    /** Returns whether there may be more. */
    private Uni<Boolean> page(SqlClient transaction, Locked change) {
        return reports.page(new OfTenant(change.tenantId()), change.after(), PAGE).flatMap(page -> page.isEmpty()
                ? changes.end(transaction, change).replaceWith(false)
                : files.redate(transaction, change.tenantId(), page, change.days().orElse(config.days()))
                        .flatMap(_ -> changes.moveOn(transaction, change, page.getLast()))
                        .replaceWith(true));
    }
}
