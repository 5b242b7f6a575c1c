package io.weekly.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.database.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The real queue and its model side by side, with the dice of one history. */
record ModelledQueue(Verbs verbs, JobRows rows, QueueModel model, Random random, Set<Long> seen, Set<Long> gone) {

    /** Longer than any history takes: a lease runs out when the history says so. */
    static final Duration LEASE = Duration.ofMinutes(30);

    /** What does it to the rows. */
    record Verbs(Database database, JobQueue queue, Leases leases, JobStager stager, JobRescuer rescuer, Lanes lanes) {}

    ModelledQueue(Verbs verbs, JobRows rows, long seed) {
        this(verbs, rows, new QueueModel(), new Random(seed), new HashSet<>(), new HashSet<>());
    }

    /** The rows are what the model says. */
    void check() {
        var found = rows.all();
        found.forEach((key, job) -> model.numbered(key, job.id()));
        assertThat(found).isEqualTo(model.jobs());
        found.values().forEach(job -> seen.add(job.id()));
    }

    /** The time for which they are scheduled or leased is over. */
    void passed(Collection<Long> ids) {
        rows.pass(ids);
        model.passed(ids);
    }

    void ended(Collection<Long> ids) {
        ids.forEach(id -> assertThat(gone.add(id)).as("job %d ends once", id).isTrue());
        model.gone(ids);
    }

    void everythingHasEnded() {
        assertThat(model.jobs()).isEmpty();
        assertThat(gone).isEqualTo(seen);
    }

    Lane lane() {
        // Mostly the same tenant, so that its jobs compete.
        return random.nextInt(4) == 0 ? Lane.DELIVER : Lane.GENERATE;
    }

    int between(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
