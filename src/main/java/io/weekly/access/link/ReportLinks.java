package io.weekly.access.link;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the links of a report. */
@ApplicationScoped
public class ReportLinks {

    private static final String SELECT =
            """
            SELECT LOWER(HEX(l.id)) AS id, l.format, l.created_by, l.created_at, l.expires_at, l.delivery, l.revoked_at, l.last_used_at
            FROM link l
            """;

    private final Database database;

    ReportLinks(Database database) {
        this.database = database;
    }

    /**
     * A page of the links of a report, in the order of their creation.
     *
     * @param after the last id of the page before; null for the first page
     */
    public Uni<List<Link>> list(Scope.OfTenant tenant, String reportId, int limit, @Nullable String after) {
        var where = of(tenant, reportId).andIfGiven("l.id > UNHEX(?)", after);
        return database.client()
                .preparedQuery(SELECT + where.sql() + "\nORDER BY l.id\nLIMIT ?")
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ReportLinks::link).toList());
    }

    /** The links to the reports of a recipient, in the order of their creation. */
    public Uni<List<Link>> ofRecipient(Scope.OfRecipient recipient, int limit) {
        return database.client()
                .preparedQuery(SELECT + """
                        JOIN report r ON r.tenant_id = l.tenant_id AND r.id = l.report_id
                        WHERE r.tenant_id = ? AND r.recipient_id = ?
                        ORDER BY l.id
                        LIMIT ?""")
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId(), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ReportLinks::link).toList());
    }

    /** One link of a report. Empty if the report has no such link. */
    public Uni<Optional<Link>> find(Scope.OfTenant tenant, String reportId, String linkId) {
        if (!Ids.isId(linkId)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = of(tenant, reportId).and("l.id = UNHEX(?)", linkId);
        return database.client()
                .preparedQuery(SELECT + where.sql())
                .execute(where.with())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ReportLinks::link).findFirst());
    }

    private static QueryConditions of(Scope.OfTenant tenant, String reportId) {
        return tenant.within(new QueryConditions(), "l").and("l.report_id = UNHEX(?)", reportId);
    }

    private static Link link(Row row) {
        return new Link(
                row.getString("id"),
                row.getString("format"),
                row.getString("created_by"),
                Utc.instant(row.getLocalDateTime("created_at")),
                Utc.instant(row.getLocalDateTime("expires_at")),
                row.getInteger("delivery"),
                Utc.instant(row.getLocalDateTime("revoked_at")),
                Utc.instant(row.getLocalDateTime("last_used_at")));
    }
}
