package io.weekly.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Virtual time: hands turns out to tenants and moves each lane on. See the package's description for the order it makes. */
@ApplicationScoped
public class FairOrder {

    // max(the lane's turn, the tenant's last) + n; VALUES(turn) is the lane's turn + n.
    private static final String RESERVE =
            """
            INSERT INTO tenant_turn (lane, priority, tenant_id, turn)
            SELECT lane, priority, ?, turn + ?
            FROM lane_turn
            WHERE lane = ? AND priority = ?
            ON DUPLICATE KEY UPDATE turn = GREATEST(tenant_turn.turn, VALUES(turn) - ?) + ?""";
    private static final String LAST =
            """
            SELECT turn
            FROM tenant_turn
            WHERE lane = ? AND priority = ? AND tenant_id = ?""";
    private static final String MOVE_ON =
            """
            UPDATE lane_turn
            SET turn = ?
            WHERE lane = ? AND priority = ? AND turn < ?""";

    /**
     * Reserves the tenant's next turns; its other enqueuers wait until this transaction has ended.
     *
     * @param count at least 1
     * @return the first of them
     */
    public Uni<Long> reserve(SqlClient transaction, Lane lane, Priority priority, int tenantId, int count) {
        return transaction
                .preparedQuery(RESERVE)
                .execute(Tuple.from(new Object[] {tenantId, count, lane.sql(), priority.sql(), count, count}))
                .flatMap(reserved -> transaction
                        .preparedQuery(LAST)
                        .execute(Tuple.of(lane.sql(), priority.sql(), tenantId)))
                .map(rows -> rows.iterator().next().getLong("turn") - count + 1);
    }

    /** The lane has come to this turn. */
    Uni<Void> moveOn(SqlClient transaction, Lane lane, Priority priority, long turn) {
        return transaction
                .preparedQuery(MOVE_ON)
                .execute(Tuple.of(turn, lane.sql(), priority.sql(), turn))
                .replaceWithVoid();
    }
}
