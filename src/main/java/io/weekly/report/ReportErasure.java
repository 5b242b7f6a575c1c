package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.delivery.DeliveryErasure;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Erases what reports hold on persons: addresses, replies of mail servers, texts of errors, warnings. Reports keep their status, so the
 * ledgers of their runs do not change. Their files expire at once; the package {@code retention} deletes them.
 */
@ApplicationScoped
public class ReportErasure {

    private final Database database;
    private final Clock clock;

    ReportErasure(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String OF_TENANT =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM report FORCE INDEX (PRIMARY)
            WHERE tenant_id = ? AND id > UNHEX(?)
            ORDER BY id
            LIMIT ?""";

    /** The ids of the reports of a tenant, in their order, starting after {@code after}. */
    public Uni<List<String>> page(OfTenant tenant, String after, int limit) {
        return database.client().preparedQuery(OF_TENANT).execute(Tuple.of(tenant.tenantId(), after, limit)).map(ReportErasure::ids);
    }

    private static final String OF_RECIPIENT =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM report FORCE INDEX (report_of_recipient)
            WHERE tenant_id = ? AND recipient_id = ? AND id > UNHEX(?)
            ORDER BY id
            LIMIT ?""";

    /** The ids of the reports of a recipient, samples included, in their order, starting after {@code after}. */
    public Uni<List<String>> page(OfRecipient recipient, String after, int limit) {
        return database.client()
                .preparedQuery(OF_RECIPIENT)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId(), after, limit))
                .map(ReportErasure::ids);
    }

    private static List<String> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList();
    }

    private static final String LEASED =
            """
            SELECT COUNT(*) AS leased
            FROM job
            WHERE report_id IN (%s) AND state = 'leased'""";

    /**
     * Erases the texts of these reports. The recipients are erased already, so no stage begins any more that writes new ones. The list must
     * not be empty.
     *
     * @return false if a worker is at one of them: it may still write an address, so erase them again
     */
    public Uni<Boolean> erase(int tenantId, List<String> reportIds) {
        return database.transaction(transaction -> transaction
                .preparedQuery(LEASED.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(reportIds))
                .map(rows -> rows.iterator().next().getLong("leased") == 0)
                .call(_ -> eraseTexts(transaction, tenantId, reportIds))
                .call(_ -> ReportStages.expireFiles(transaction, tenantId, reportIds, clock.instant())));
    }

    private static Uni<Void> eraseTexts(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ReportTransitions.erase(transaction, tenantId, reportIds)
                .flatMap(_ -> DeliveryErasure.erase(transaction, tenantId, reportIds))
                .flatMap(_ -> ReportWarnings.delete(transaction, tenantId, reportIds));
    }

    private static final String ADDRESSES =
            """
            SELECT DISTINCT d.address
            FROM report r FORCE INDEX (report_of_recipient)
            JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
            WHERE r.tenant_id = ? AND r.recipient_id = ? AND r.mail_to IS NULL AND d.address <> ''""";

    /** The addresses that the reports of a recipient were mailed to, without its samples. */
    public Uni<List<String>> addresses(OfRecipient recipient) {
        return database.client()
                .preparedQuery(ADDRESSES)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("address")).toList());
    }

    // No index has the address, because only few reports are samples. A query reads all reports of the tenant.
    private static final String SAMPLES_TO =
            """
            SELECT LOWER(HEX(r.id)) AS id, EXISTS (SELECT 1 FROM job j WHERE j.report_id = r.id) AS open
            FROM report r FORCE INDEX (PRIMARY)
            WHERE r.tenant_id = ? AND r.id > UNHEX(?) AND LOWER(r.mail_to) IN (%s)
            ORDER BY r.id
            LIMIT ?""";

    /**
     * The ids of samples that go to one of these addresses, or went there, in their order, starting after {@code after}. Slow for a large
     * tenant: it reads a million reports in some seconds.
     *
     * @param addresses in lower case; may be empty
     */
    public Uni<List<Sample>> samplesTo(OfTenant tenant, List<String> addresses, String after, int limit) {
        var values = Tuple.of(tenant.tenantId(), after);
        addresses.forEach(values::addString);
        return database.client()
                .preparedQuery(SAMPLES_TO.formatted(Placeholders.orNone(addresses.size())))
                .execute(values.addInteger(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Sample(row.getString("id"), row.getInteger("open") != 0))
                        .toList());
    }

    /** @param open whether the sample is still to be made or mailed */
    public record Sample(String id, boolean open) {}

    /**
     * Erases the address of samples that went to a person. They are reports of other recipients, so their files stay. There may be none.
     *
     * @return false if one is still open: it must be mailed first, so erase them again
     */
    public Uni<Boolean> eraseSamples(int tenantId, List<Sample> samples) {
        var ended = samples.stream().filter(sample -> !sample.open()).map(Sample::id).toList();
        var erased = ended.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.transaction(transaction -> eraseTexts(transaction, tenantId, ended));
        return erased.replaceWith(ended.size() == samples.size());
    }
}
