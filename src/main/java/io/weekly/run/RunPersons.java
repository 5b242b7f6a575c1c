package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
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
    private final OwnerMails mails;

    RunPersons(Database database, RunTransitions transitions, OwnerMails mails) {
        this.database = database;
        this.transitions = transitions;
        this.mails = mails;
    }

    private static final String OF_PERSON =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM run
            WHERE tenant_id = ? AND (owner = ? OR actor = ?)
            ORDER BY id DESC
            LIMIT ?""";

    /** The ids of the runs that the person started or approves, the newest first. */
    public Uni<List<String>> of(OfTenant tenant, String userId, String address, int max) {
        return database.client()
                .preparedQuery(OF_PERSON)
                .execute(Tuple.of(tenant.tenantId(), address, actor(userId), max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    private static String actor(String userId) {
        return "user:" + userId;
    }

    private static final String UNFINISHED =
            """
            SELECT COUNT(*) AS runs
            FROM run FORCE INDEX (run_open)
            WHERE finished_at IS NULL AND tenant_id = ? AND (owner = ? OR actor = ?)""";

    @Override
    public Uni<Boolean> erase(Person person) {
        var tenantId = person.tenant().tenantId();
        var actor = actor(person.userId());
        return mails.erase(database.client(), tenantId, Optional.of(person.email()))
                // Read first: a run that finishes in between is then left for the next time.
                .flatMap(_ -> database.client().preparedQuery(UNFINISHED).execute(Tuple.of(tenantId, person.email(), actor)))
                .map(rows -> rows.iterator().next().getLong("runs") == 0)
                .flatMap(finished -> transitions
                        .erase(database.client(), tenantId, person.email(), actor, actor(person.erasedId()), BATCH)
                        .map(erased -> finished && erased < BATCH));
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return mails.erase(database.client(), tenantId, Optional.empty())
                .flatMap(_ -> transitions.eraseAll(database.client(), tenantId, BATCH))
                .map(erased -> erased < BATCH);
    }
}
