package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out why a run has no reports: its audience matches nobody, or another run has sent the reports already. The run and the
 * reconciliation say so, and if the audience matches nobody, the owner of the schedule gets a mail.
 */
@ApplicationScoped
class NothingDue {

    private static final int MAX_REASON = 1000;
    /** In place of a status: the recipient was added after the reports had been queued. */
    private static final String NO_REPORT = "";

    private final AlreadySent alreadySent;
    private final OwnerPost post;

    NothingDue(AlreadySent alreadySent, OwnerPost post) {
        this.alreadySent = alreadySent;
        this.post = post;
    }

    /** The reason why nothing is due; empty if something is. The caller holds the run and has closed its last cursor. */
    Uni<Optional<String>> reason(SqlClient transaction, LockedRun run) {
        if (run.due() > 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        return matching(transaction, run)
                .call(matching -> matching.isEmpty() ? tellOwner(transaction, run) : Uni.createFrom().voidItem())
                .map(matching -> Optional.of(Ellipsis.shorten(words(run, matching), MAX_REASON)));
    }

    // One pass over the recipients, and only for a run that has nothing to do.
    private static final String MATCHING =
            """
            SELECT found.status, COUNT(*) AS n
            FROM (SELECT COALESCE(%s, '') AS status
                  FROM recipient rc
                  JOIN run r ON r.tenant_id = rc.tenant_id AND r.id = UNHEX(?)
                  WHERE rc.tenant_id = ? AND rc.active AND rc.ended_at IS NULL%s) found
            GROUP BY found.status
            ORDER BY found.status""";

    /** How many recipients the audience matches, by the status of the report that each of them has already. */
    private Uni<Map<String, Long>> matching(SqlClient transaction, LockedRun run) {
        var values = new ArrayList<Object>(List.of(run.id(), run.tenantId()));
        values.addAll(run.tags());
        return transaction
                .preparedQuery(MATCHING.formatted(alreadySent.status(run), run.audienceCondition()))
                .execute(Tuple.from(values))
                .map(rows -> {
                    var matching = new LinkedHashMap<String, Long>();
                    rows.forEach(row -> matching.put(row.getString("status"), row.getLong("n")));
                    return matching;
                });
    }

    private static String words(LockedRun run, Map<String, Long> matching) {
        if (matching.isEmpty()) {
            return nobody(run.tags());
        }
        var statuses = matching.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(NO_REPORT))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        if (statuses.isEmpty()) {
            return "No recipient of the audience was active when the reports were queued.";
        }
        return "All recipients of the audience have a report of %s from another run already: %s."
                .formatted(run.period(), statuses);
    }

    /** Why the audience matches nobody. */
    static String nobody(List<String> tags) {
        return tags.isEmpty()
                ? "The tenant has no active recipient."
                : "The audience matches 0 recipients: no active recipient has %s %s."
                        .formatted(tags.size() == 1 ? "the tag" : "one of the tags", String.join(", ", tags));
    }

    private static final String SCHEDULE =
            """
            SELECT r.definition, r.period, LOWER(HEX(r.id)) AS id, LOWER(HEX(s.id)) AS schedule, s.owner, t.slug, t.name, t.zone
            FROM run r
            JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            JOIN tenant t ON t.id = r.tenant_id
            WHERE r.tenant_id = ? AND r.id = UNHEX(?) AND t.ended_at IS NULL AND s.owner <> ''""";

    /** A run that somebody started by hand has no owner: its caller sees the reason in the run. */
    private Uni<Void> tellOwner(SqlClient transaction, LockedRun run) {
        return transaction.preparedQuery(SCHEDULE).execute(Tuple.of(run.tenantId(), run.id())).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().voidItem();
            }
            var row = rows.iterator().next();
            return post.post(transaction, run.tenantId(), run.id(), row.getString("owner"), EmptyAudienceLetter.of(row, run.tags()));
        });
    }
}
