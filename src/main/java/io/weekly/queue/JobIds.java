package io.weekly.queue;

import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Placeholders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The ids of some jobs for an {@code IN}. The last id is repeated until the number of ids is a power of two. So batches of all sizes share
 * about ten prepared statements. Otherwise each size would need its own statement on each connection.
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

    /** The statement, with a {@code ?} for each id in place of {@code %s}. */
    String in(String sql) {
        return sql.formatted(Placeholders.of("?", ids.size()));
    }

    /** The parameters of the statement: first the given values, then the ids. */
    Tuple after(Object... before) {
        var values = new ArrayList<Object>(before.length + ids.size());
        values.addAll(List.of(before));
        values.addAll(ids);
        return Tuple.from(values);
    }
}
