package io.weekly.queue;

import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Placeholders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The ids of some jobs in an {@code IN}, filled up to a power of two with the last of them: so batches of any size share ten prepared
 * statements, where each size would have one of its own, prepared on each connection.
 */
record JobIds(List<Long> ids) {

    /** @param leases at least one */
    static JobIds of(Collection<Lease> leases) {
        var ids = new ArrayList<Long>(leases.size() * 2);
        leases.forEach(lease -> ids.add(lease.jobId()));
        var last = ids.getLast();
        while (Integer.bitCount(ids.size()) > 1) {
            ids.add(last);
        }
        return new JobIds(ids);
    }

    /** The statement with its {@code ?}s, where it has {@code %s}. */
    String in(String sql) {
        return sql.formatted(Placeholders.of("?", ids.size()));
    }

    /** The values: those that come before the {@code IN}, then the ids. */
    Tuple after(Object... before) {
        var values = new ArrayList<Object>(before.length + ids.size());
        values.addAll(List.of(before));
        values.addAll(ids);
        return Tuple.from(values);
    }
}
