package io.weekly.testing;

import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.Report;
import io.weekly.report.ReportFormat;
import io.weekly.report.ReportStatus;
import io.weekly.report.Reports;
import io.weekly.run.RunOrder;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes tenants, recipients and figures for tests directly into the tables. Each test has its own. */
@ApplicationScoped
public class World {

    public static final Period WEEK = Period.parse("2026-W40");
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final Database database;
    private final Reports reports;

    World(Database database, Reports reports) {
        this.database = database;
        this.reports = reports;
    }

    public record TenantRow(int id, String slug) {}

    public TenantRow tenant() {
        return tenant("Europe/Vienna");
    }

    public TenantRow tenant(String zone) {
        var slug = "t-" + UUID.randomUUID().toString().substring(0, 13);
        sql("""
            INSERT INTO tenant (slug, name, zone, locale, color, created_at, updated_at)
            VALUES (?, ?, ?, 'en', '#0a66c2', NOW(6), NOW(6))""", slug, "Tenant " + slug, zone);
        return new TenantRow(one("SELECT id FROM tenant WHERE slug = ?", slug).getInteger("id"), slug);
    }

    /** {@code count} recipients. The prefix of their addresses tells {@link MoodyMailServer} how to behave. */
    public List<String> recipients(TenantRow tenant, int count, String mailPrefix) {
        var addresses = new ArrayList<String>();
        var rows = new ArrayList<Tuple>();
        for (var i = 0; i < count; i++) {
            var address = "%s-%d-%s@%s.test".formatted(mailPrefix, i, UUID.randomUUID().toString().substring(0, 8), tenant.slug());
            addresses.add(address);
            rows.add(Tuple.of(tenant.id(), "u-" + mailPrefix + "-" + i, "Recipient " + i, address));
        }
        database.transaction(transaction -> transaction.preparedQuery(
                                """
                                INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
                                VALUES (?, ?, ?, ?, '[]', TRUE, NOW(6), NOW(6))""")
                        .executeBatch(rows))
                .await()
                .atMost(TIMEOUT);
        return addresses;
    }

    /** Three weeks of revenue, up to the end of {@link #WEEK}. */
    public void figures(TenantRow tenant) {
        for (LocalDate day = WEEK.monday().minusWeeks(2); !day.isAfter(WEEK.sunday()); day = day.plusDays(1)) {
            sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'revenue', ?, '', ?)",
                    tenant.id(), day, 1000 + day.getDayOfMonth());
        }
    }

    /** A queued report without a job, for tests of the queue alone. */
    public String reportWithoutJob(TenantRow tenant) {
        recipients(tenant, 1, "q" + UUID.randomUUID().toString().substring(0, 8));
        var id = UUID.randomUUID().toString().replace("-", "");
        sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, priority, formats, delivery, status,
                                attempt, created_at)
            SELECT tenant_id, UNHEX(?), MAX(id), 'weekly-business', '2026-W40', 1, UNHEX(?), 'bulk', 'pdf', 'none', 'queued', 0, NOW(6)
            FROM recipient WHERE tenant_id = ? GROUP BY tenant_id""", id, id, tenant.id());
        return id;
    }

    public RunOrder order(TenantRow tenant, String definition, DeliveryMode delivery) {
        return new RunOrder(tenant.id(), "test", definition, WEEK, Ids.NONE, List.of(ReportFormat.PDF), delivery, 0);
    }

    public List<Report> reports(String runId) {
        return get(reports.list(
                Scope.EVERY_TENANT, new io.weekly.report.ReportFilter(null, null, null, null, null, runId), 200, null));
    }

    /** The reports of a run, when all of them have ended. */
    public List<Report> ended(String runId, int due) {
        return await().atMost(TIMEOUT)
                .until(() -> reports(runId), found -> found.size() == due && found.stream().allMatch(Report::done));
    }

    public Report report(String id) {
        return get(reports.find(Scope.EVERY_TENANT, id)).orElseThrow();
    }

    public Report ended(String reportId) {
        return await().atMost(TIMEOUT).until(() -> report(reportId), Report::done);
    }

    /** The only report of a run, when the mail server has deferred it at least this number of times. */
    public Report deferred(String runId, int dialogues) {
        return await().atMost(TIMEOUT).until(
                () -> reports(runId).stream().filter(report -> isDeferred(report, dialogues)).findFirst().orElse(null), Objects::nonNull);
    }

    private static boolean isDeferred(Report report, int dialogues) {
        return report.status() == ReportStatus.GENERATED
                && report.delivery().attempts() >= dialogues
                && "deferred".equals(report.delivery().outcome());
    }

    /** Moves the start of the delivery to yesterday. */
    public void begunADayAgo(String reportId) {
        sql("UPDATE delivery SET began_at = began_at - INTERVAL 24 HOUR WHERE report_id = UNHEX(?)", reportId);
    }

    public List<String> events(String subject) {
        return rows("SELECT action FROM audit_event WHERE subject = ? ORDER BY id", subject).stream()
                .map(row -> row.getString("action"))
                .toList();
    }

    public void sql(String sql, Object... values) {
        get(database.client().preparedQuery(sql).execute(Tuple.from(values)));
    }

    public Row one(String sql, Object... values) {
        return rows(sql, values).getFirst();
    }

    public int count(String sql, Object... values) {
        return one(sql, values).getLong(0).intValue();
    }

    public List<Row> rows(String sql, Object... values) {
        return StreamSupport.stream(
                        get(database.client().preparedQuery(sql).execute(Tuple.from(values))).spliterator(), false)
                .toList();
    }

    public static <T> T get(Uni<T> uni) {
        return uni.await().atMost(TIMEOUT);
    }
}
