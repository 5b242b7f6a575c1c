package io.weekly.queue;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A model of the queue in memory and without a clock: it knows the rows of {@code job} after each operation, as the package describes them.
 * The database may choose ids, tokens and the order of concurrent transactions. The test passes these choices to the model, and the model
 * says whether they were allowed.
 */
final class QueueModel {

    enum State { READY, LEASED, SCHEDULED }

    /** Whether {@code due_at} has come: a scheduled job may be staged then, and a lease has expired. */
    enum Due { COME, LATER, NEVER }

    record Key(String report, Lane lane) {}

    /** A row of {@code job}. The token is 0 if there is none; the id is 0 until the database gave one. */
    record Job(long id, State state, Priority priority, long turn, int tenant, int attempt, long token, boolean handingOver, Due due) {
        Job withId(long id) {
            return new Job(id, state, priority, turn, tenant, attempt, token, handingOver, due);
        }

        Job scheduled(Due when, boolean mark) {
            return new Job(id, State.SCHEDULED, priority, turn, tenant, attempt, 0, mark, when);
        }

        Job ready(long at, int spent) {
            return new Job(id, State.READY, priority, at, tenant, spent, 0, handingOver, Due.COME);
        }

        Job leased(long by, int attempts, boolean mark, Due until) {
            return new Job(id, State.LEASED, priority, turn, tenant, attempts, by, mark, until);
        }
    }

    /** Whose turns are counted together. */
    record Share(Lane lane, Priority priority, int tenant) {}

    private final SortedMap<Key, Job> jobs = new TreeMap<>(comparing(Key::report).thenComparing(Key::lane));
    private final Map<Share, Long> tenantTurns = new HashMap<>();
    private final Map<Share, Long> laneTurns = new HashMap<>();

    SortedMap<Key, Job> jobs() {
        return jobs;
    }

    /** The database gave the job its id. */
    void numbered(Key key, long id) {
        jobs.computeIfPresent(key, (same, job) -> job.id() == 0 ? job.withId(id) : job);
    }

    List<Map.Entry<Key, Job>> those(Predicate<Job> which) {
        return jobs.entrySet().stream().filter(job -> which.test(job.getValue())).map(Map.Entry::copyOf).toList();
    }

    /** The last of {@code count} turns that a tenant reserves together is the tenant's from now on; answers with the first. */
    private long reserve(Share share, int count) {
        var last = Math.max(laneTurn(share), tenantTurns.getOrDefault(share, 0L)) + count;
        tenantTurns.put(share, last);
        return last - count + 1;
    }

    private long laneTurn(Share share) {
        return laneTurns.getOrDefault(new Share(share.lane(), share.priority(), 0), 0L);
    }

    /** A report that has a job in the lane keeps it, but the new turn is used up. */
    void enqueue(Share share, List<String> reports) {
        var turn = reserve(share, reports.size());
        for (var report : reports) {
            jobs.putIfAbsent(
                    new Key(report, share.lane()),
                    new Job(0, State.READY, share.priority(), turn, share.tenant(), 0, 0, false, Due.COME));
            turn++;
        }
    }

    /** A scheduled job gets its turn when it is staged. */
    void enqueueScheduled(Share share, List<String> reports, Due due) {
        var turn = 0;
        for (var report : reports) {
            jobs.putIfAbsent(
                    new Key(report, share.lane()),
                    new Job(0, State.SCHEDULED, share.priority(), turn, share.tenant(), 0, 0, false, due));
            turn++;
        }
    }

    void letGo(List<String> reports, Due due) {
        reports.forEach(report -> jobs.computeIfPresent(new Key(report, Lane.GENERATE), (key, job) ->
                job.state() == State.SCHEDULED && job.due() == Due.NEVER ? job.scheduled(due, job.handingOver()) : job));
    }

    /** Time passes for these: what is scheduled is due, what is leased has run out. */
    void passed(Collection<Long> ids) {
        change(ids, job -> new Job(job.id(), job.state(), job.priority(), job.turn(), job.tenant(), job.attempt(), job.token(),
                job.handingOver(), Due.COME));
    }

    /**
     * What is due becomes ready, each tenant's in its next turns.
     *
     * @param seen which of its tenant's turns each job got: the database's choice among those that were due together
     */
    void stage(Map<Long, Long> seen) {
        var due = those(job -> job.state() == State.SCHEDULED && job.due() == Due.COME).stream()
                .collect(Collectors.groupingBy(job -> new Share(job.getKey().lane(), job.getValue().priority(), job.getValue().tenant())));
        due.forEach((share, staged) -> {
            var free = new HashSet<Long>();
            for (var turn = reserve(share, staged.size()); free.size() < staged.size(); turn++) {
                free.add(turn);
            }
            for (var job : staged) {
                var turn = seen.getOrDefault(job.getValue().id(), -1L);
                // One that is not the tenant's, or another's already, shows as a row that differs.
                jobs.put(job.getKey(), job.getValue().ready(free.remove(turn) ? turn : -1, job.getValue().attempt()));
            }
        });
    }

    /** What is ready in the lane, in the order in which it is claimed. */
    List<Long> queue(Lane lane) {
        return jobs.entrySet().stream()
                .filter(job -> job.getKey().lane() == lane && job.getValue().state() == State.READY)
                .map(Map.Entry::getValue)
                .sorted(comparing(Job::priority).thenComparingLong(Job::turn).thenComparingLong(Job::id))
                .map(Job::id)
                .toList();
    }

    void claimed(Collection<Lease> leases) {
        for (var lease : leases) {
            change(Set.of(lease.jobId()), job -> job.leased(lease.token(), job.attempt() + 1, job.handingOver(), Due.LATER));
            laneTurns.merge(new Share(lease.lane(), lease.priority(), 0), find(lease.jobId()).turn(), Math::max);
        }
    }

    /** The fence: those whose job is still leased with their token, whether their time has run out or not. */
    Set<Lease> valid(Collection<Lease> leases) {
        var tokens = those(job -> job.state() == State.LEASED).stream()
                .collect(Collectors.toMap(job -> job.getValue().id(), job -> job.getValue().token()));
        return leases.stream()
                .filter(lease -> tokens.getOrDefault(lease.jobId(), 0L) == lease.token())
                .collect(Collectors.toSet());
    }

    void extended(Collection<Lease> valid) {
        change(ids(valid), job -> job.leased(job.token(), job.attempt(), job.handingOver(), Due.LATER));
    }

    void handingOver(Collection<Lease> valid) {
        change(ids(valid), job -> job.leased(job.token(), job.attempt(), true, Due.LATER));
    }

    /** A drain: with the attempt, in the old turn. */
    void released(Collection<Lease> valid) {
        change(ids(valid), job -> job.ready(job.turn(), job.attempt() - 1));
    }

    void retried(Collection<Lease> valid, Due due, boolean mark) {
        change(ids(valid), job -> job.scheduled(due, mark));
    }

    /** The job is gone: completed under a valid lease, or discarded while no worker had it. */
    void gone(Collection<Long> ids) {
        jobs.values().removeIf(job -> ids.contains(job.id()));
    }

    /** Ready in its old turn; the attempt is spent. */
    void rescued(Collection<Long> ids) {
        change(ids, job -> job.ready(job.turn(), job.attempt()));
    }

    Set<Long> runOut() {
        return those(job -> job.state() == State.LEASED && job.due() == Due.COME).stream()
                .map(job -> job.getValue().id())
                .collect(Collectors.toSet());
    }

    Job find(long id) {
        return jobs.values().stream().filter(job -> job.id() == id).findFirst().orElseThrow();
    }

    static Set<Long> ids(Collection<Lease> leases) {
        return leases.stream().map(Lease::jobId).collect(Collectors.toSet());
    }

    private void change(Collection<Long> ids, UnaryOperator<Job> to) {
        jobs.replaceAll((key, job) -> ids.contains(job.id()) ? to.apply(job) : job);
    }
}
