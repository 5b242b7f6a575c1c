package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Placeholders;
import java.util.List;
import java.util.stream.Stream;

/** Erases what the records of deliveries hold on a person. */
public final class DeliveryErasure {

    private DeliveryErasure() {}

    private static final String ERASE =
            """
            UPDATE delivery
            SET address = '', reply = NULL
            WHERE tenant_id = ? AND report_id IN (%s) AND (address <> '' OR reply IS NOT NULL)""";

    /** Erases the addresses and the replies of mail servers, which quote them. The list must not be empty. */
    public static Uni<Void> erase(SqlClient transaction, int tenantId, List<String> reportIds) {
        return transaction
                .preparedQuery(ERASE.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }
}
