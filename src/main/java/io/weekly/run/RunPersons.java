package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The persons that runs name: who started them, and who approves them. A run keeps its approver until it has finished, because its samples
 * go there. Reports and counters of the run are not touched, so its ledger stays as it is.
 */
@ApplicationScoped
public class RunPersons implements PersonalData {

    private static final int BATCH = 500;

    private final Database database;
    private final RunTransitions transitions;

    RunPersons(Database database, RunTransitions transitions) {
        this.database = database;
        this.transitions = transitions;
    }

    private static final String OF_PERSON =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM run
            WHERE tenant_id = ? AND (LOWER(owner) IN (%s) OR actor = ?)
            ORDER BY id DESC
            LIMIT ?""";

    /**
     * The ids of the runs that the person started or approves, the newest first.
     *
     * @param addresses in lower case; may be empty
     */
    public Uni<List<String>> of(OfTenant tenant, String userId, List<String> addresses, int max) {
        var values = Tuple.of(tenant.tenantId());
        addresses.forEach(values::addString);
        return database.client()
                .preparedQuery(OF_PERSON.formatted(Placeholders.orNone(addresses.size())))
                .execute(values.addString(actor(userId)).addInteger(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    private static String actor(String userId) {
        return "user:" + userId;
    }

    private static final String UNFINISHED =
            """
            SELECT COUNT(*) AS runs
            FROM run FORCE INDEX (run_open)
            WHERE finished_at IS NULL AND tenant_id = ? AND (LOWER(owner) IN (%s) OR actor = ? AND started_at <= ?)""";

    @Override
    public Uni<Boolean> erase(Person person) {
        // Read first: a run that finishes in between is then left for the next time.
        return areFinished(person).flatMap(finished -> transitions
                .erase(database.client(), person, actor(person.userId()), actor(person.erasedId()), BATCH)
                .map(erased -> finished && erased < BATCH));
    }

    private Uni<Boolean> areFinished(Person person) {
        var values = Tuple.of(person.tenant().tenantId());
        person.addresses().forEach(values::addString);
        return database.client()
                .preparedQuery(UNFINISHED.formatted(Placeholders.orNone(person.addresses().size())))
                .execute(values.addString(actor(person.userId())).addLocalDateTime(Utc.column(person.requestedAt())))
                .map(rows -> rows.iterator().next().getLong("runs") == 0);
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return transitions.eraseAll(database.client(), tenantId, BATCH).map(erased -> erased < BATCH);
    }
}
