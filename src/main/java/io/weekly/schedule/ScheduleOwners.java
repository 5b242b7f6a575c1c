package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The owners of schedules, who are persons too. A schedule that has ended loses its owner. One that still fires keeps it, because somebody
 * has to get its letters: the export of a person names these schedules, so that an admin can give them another owner.
 */
@ApplicationScoped
public class ScheduleOwners implements PersonalData {

    private final Database database;
    private final ScheduleChanges changes;

    ScheduleOwners(Database database, ScheduleChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    private static final String OWNED_BY =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM schedule
            WHERE tenant_id = ? AND LOWER(owner) IN (%s) AND ended_at IS NULL
            ORDER BY id
            LIMIT ?""";

    /**
     * The ids of the schedules that have one of these owners and have not ended.
     *
     * @param addresses in lower case; may be empty
     */
    public Uni<List<String>> ownedBy(OfTenant tenant, List<String> addresses, int max) {
        var values = Tuple.of(tenant.tenantId());
        addresses.forEach(values::addString);
        return database.client()
                .preparedQuery(OWNED_BY.formatted(Placeholders.orNone(addresses.size())))
                .execute(values.addInteger(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    @Override
    public Uni<Boolean> erase(Person person) {
        return changes.eraseOwners(database.client(), person.tenant().tenantId(), Optional.of(person.addresses())).replaceWith(true);
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return changes.eraseOwners(database.client(), tenantId, Optional.empty()).replaceWith(true);
    }
}
