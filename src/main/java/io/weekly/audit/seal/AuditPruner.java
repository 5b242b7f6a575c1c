package io.weekly.audit.seal;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes the events of the oldest seals, in batches. Each batch is one transaction: it compares the events with their seals, inserts a
 * seal that says that they were removed, and deletes them. So there is never a time at which events are gone and nobody has signed that.
 * Nobody without the key can make such a seal.
 */
final class AuditPruner {

    /** Events of one transaction. A seal has about as many at most. */
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_SEALS = 500;
    private static final String DELETE = "DELETE FROM audit_event WHERE id BETWEEN ? AND ?";

    private final Connection connection;
    private final JdbcTrail trail;
    private final SealKeys keys;
    private final String key;
    private final List<AnchorFolder> anchors;
    private final PrintStream out;

    AuditPruner(Connection connection, SealKeys keys, String key, List<AnchorFolder> anchors, PrintStream out) {
        this.connection = connection;
        this.trail = new JdbcTrail(connection);
        this.keys = keys;
        this.key = key;
        this.anchors = anchors;
        this.out = out;
    }

    /** Compares tables and anchors, and removes batch after batch. Returns the exit code of the command. */
    int prune(Instant before) throws SQLException {
        var obstacles = obstacles();
        // The batches must see what there is after they lock.
        connection.rollback();
        if (!obstacles.isEmpty()) {
            return refuse(obstacles);
        }
        var events = 0L;
        while (true) {
            var now = trail.lock();
            var batch = batch(before);
            var faults = faults(batch);
            if (!faults.isEmpty()) {
                connection.rollback();
                return refuse(faults);
            }
            var count = batch.stream().mapToLong(Seal::events).sum();
            if (count == 0) {
                connection.rollback();
                out.printf("Removed %d events. Their seals stay.%n", events);
                return VerifyAudit.VALID;
            }
            remove(batch, count, now);
            events += count;
        }
    }

    /** Events are removed only from tables whose shape is known, and not if named anchors contradict the seals or cannot be read. */
    private List<Fault> obstacles() {
        var check = new SealCheck(keys, _ -> true);
        TrailTables.differences(trail).forEach(check::table);
        if (check.faults().isEmpty()) {
            var notes = new ArrayList<String>();
            var comparison = new AnchorComparison(trail, check, notes);
            anchors.forEach(folder -> comparison.compare(folder, 1, Optional.empty(), true));
            notes.forEach(out::println);
        }
        return check.faults();
    }

    /** The next seals whose events are all older; none if there is none. */
    private List<Seal> batch(Instant before) {
        var batch = new ArrayList<Seal>();
        var events = 0;
        for (var seal : trail.seals(pruned(), Long.MAX_VALUE, MAX_SEALS)) {
            var newest = seal.newestMicros();
            events += seal.events();
            if ((newest != null && !Seal.instant(newest).isBefore(before)) || (events > MAX_EVENTS && !batch.isEmpty())) {
                break;
            }
            batch.add(seal);
        }
        return batch;
    }

    /** The number of the last seal whose events were removed. */
    private long pruned() {
        return trail.newestPruning().map(Seal::prunedTo).orElse(0L);
    }

    /** Compares the events with their seals. Events that somebody changed are evidence, and stay. */
    private List<Fault> faults(List<Seal> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        var check = new SealCheck(keys, _ -> true);
        check.start(trail.seal(batch.getFirst().number() - 1).orElse(null), trail.newestPruning().orElse(null));
        var verification = new Verification(trail, keys, Duration.ZERO, List.of(), _ -> true);
        batch.forEach(seal -> verification.compare(check, seal));
        return check.faults();
    }

    private int refuse(List<Fault> faults) {
        var isChange = faults.stream().anyMatch(fault -> fault.kind().isChange());
        out.printf("STOPPED: %s, so nothing more is removed. Run verify-audit.%n",
                isChange ? "the trail is not as it was sealed" : "not everything can be checked");
        faults.forEach(fault -> out.println(fault.line()));
        return isChange ? VerifyAudit.BROKEN : VerifyAudit.NOT_CHECKED;
    }

    private void remove(List<Seal> batch, long count, long now) throws SQLException {
        var head = trail.head().orElseThrow();
        var digest = new EventDigest(head.lastId() + 1);
        var statement = keys.sign(Seal.after(head, digest, now, batch.getLast().number(), key));
        trail.update(Seals.INSERT, Seals.columns(statement));
        var deleted = batch.stream().mapToLong(this::delete).sum();
        if (deleted != count) {
            connection.rollback();
            throw new SQLException("%d events were to be removed, but there were %d".formatted(count, deleted));
        }
        connection.commit();
        anchor(statement);
    }

    private long delete(Seal seal) {
        var inRange = seal.gaps().complement(seal.firstId(), seal.lastId()).ranges().stream();
        return Stream.concat(seal.late().ranges().stream(), inRange)
                .mapToLong(range -> trail.update(DELETE, range.first(), range.last()))
                .sum();
    }

    /** If it cannot be written, the service writes it with its next seal. */
    private void anchor(Seal statement) {
        var line = Anchor.line(statement, keys.publicKey(statement.keyId()));
        out.println(line);
        for (var folder : anchors) {
            try {
                folder.append(statement.sealedAt(), List.of(line));
            } catch (IOException e) {
                out.printf("The seal could not be written to %s: %s.%n", folder.folder(), e.getMessage());
            }
        }
    }
}
