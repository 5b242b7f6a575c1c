package io.weekly.queue;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Makes scheduled jobs ready when they are due: retries after their pause, and the jobs of a run that are spread over its window. */
@ApplicationScoped
class JobStager {

    private static final int BATCH = 1000;

    private static final String DUE =
            """
            SELECT id, lane, priority, tenant_id
            FROM job FORCE INDEX (job_due)
            WHERE state = 'scheduled' AND due_at <= NOW(6)
            ORDER BY due_at
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";
    private static final String READY =
            """
            UPDATE job
            SET state = 'ready', due_at = NOW(6), turn = ?
            WHERE id = ?""";

    private final Database database;
    private final FairOrder fairOrder;
    private final JobSignal signal;

    JobStager(Database database, FairOrder fairOrder, JobSignal signal) {
        this.database = database;
        this.fairOrder = fairOrder;
        this.signal = signal;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> stage() {
        return stageBatch().flatMap(staged -> staged == BATCH ? stage() : Uni.createFrom().voidItem());
    }

    Uni<Integer> stageBatch() {
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        return database.transaction(transaction -> due(transaction).flatMap(due -> {
                    var shares = new TreeMap<Share, List<Long>>();
                    due.forEach(job -> shares.computeIfAbsent(job.share(), _ -> new ArrayList<>()).add(job.id()));
                    shares.keySet().forEach(share -> lanes.add(share.lane()));
                    // Every stager locks the tenants' turns in the order of the key, so two stagers cannot deadlock.
                    return Multi.createFrom()
                            .iterable(shares.entrySet())
                            .onItem()
                            .transformToUniAndConcatenate(share -> makeReady(transaction, share.getKey(), share.getValue()))
                            .collect()
                            .last()
                            .replaceWith(due.size());
                }))
                .invoke(_ -> lanes.forEach(signal::ready));
    }

    private static Uni<List<Due>> due(SqlClient transaction) {
        return transaction.preparedQuery(DUE).execute(Tuple.of(BATCH)).map(rows -> {
            var due = new ArrayList<Due>();
            rows.forEach(row -> due.add(new Due(
                    row.getLong("id"),
                    new Share(
                            Lane.of(row.getString("lane")),
                            Priority.of(row.getInteger("priority")),
                            row.getInteger("tenant_id")))));
            return due;
        });
    }

    private Uni<Void> makeReady(SqlClient transaction, Share share, List<Long> jobs) {
        return fairOrder.reserve(transaction, share.lane(), share.priority(), share.tenantId(), jobs.size())
                .flatMap(first -> {
                    var rows = new ArrayList<Tuple>();
                    for (var job : jobs) {
                        rows.add(Tuple.of(first + rows.size(), job));
                    }
                    return Batch.execute(transaction, READY, rows);
                })
                .replaceWithVoid();
    }

    private record Due(long id, Share share) {}

    /** Jobs whose turns are reserved together. */
    private record Share(Lane lane, Priority priority, int tenantId) implements Comparable<Share> {
        @Override
        public int compareTo(Share other) {
            var byLane = lane.compareTo(other.lane);
            var byPriority = priority.compareTo(other.priority);
            return byLane != 0 ? byLane : byPriority != 0 ? byPriority : Integer.compare(tenantId, other.tenantId);
        }
    }
}
