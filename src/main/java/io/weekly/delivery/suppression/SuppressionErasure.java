package io.weekly.delivery.suppression;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes suppressions and soft bounces: of the addresses of persons that are erased, and of tenants that ended long ago. The addresses of
 * a person that somebody else of the tenant has now are not among them. A suppression is of no use after that: the person gets no mail.
 */
@ApplicationScoped
class SuppressionErasure implements PersonalData {

    private static final int BATCH = 1000;
    private static final String SUPPRESSIONS =
            """
            DELETE FROM suppression
            WHERE tenant_id = ? AND address IN (%s)""";
    private static final String SOFT_BOUNCES =
            """
            DELETE FROM soft_bounce
            WHERE tenant_id = ? AND address IN (%s)""";

    private final Database database;

    SuppressionErasure(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Boolean> erase(Person person) {
        var addresses = person.addresses().stream().map(NormalAddress::of).distinct().sorted().toList();
        if (addresses.isEmpty()) {
            return Uni.createFrom().item(true);
        }
        var values = new ArrayList<Object>(List.of(person.tenant().tenantId()));
        values.addAll(addresses);
        var marks = Placeholders.of("?", addresses.size());
        return database.transaction(transaction -> transaction
                .preparedQuery(SUPPRESSIONS.formatted(marks))
                .execute(Tuple.from(values))
                .flatMap(_ -> transaction.preparedQuery(SOFT_BOUNCES.formatted(marks)).execute(Tuple.from(values)))
                .replaceWith(true));
    }

    private static final String SOME_SUPPRESSIONS =
            """
            DELETE FROM suppression
            WHERE tenant_id = ?
            LIMIT ?""";
    private static final String SOME_SOFT_BOUNCES =
            """
            DELETE FROM soft_bounce
            WHERE tenant_id = ?
            LIMIT ?""";

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        var some = Tuple.of(tenantId, BATCH);
        return database.client()
                .preparedQuery(SOME_SUPPRESSIONS)
                .execute(some)
                .flatMap(first -> database.client()
                        .preparedQuery(SOME_SOFT_BOUNCES)
                        .execute(some)
                        .map(second -> first.rowCount() < BATCH && second.rowCount() < BATCH));
    }
}
