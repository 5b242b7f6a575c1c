package io.weekly.dev;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import io.weekly.definition.MailText;
import io.weekly.definition.ReportPage;
import io.weekly.queue.Priority;
import io.weekly.render.pdf.Pdf;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.source.Datasets;
import io.weekly.worker.RenderPool;
import io.weekly.worker.ReportSubject;
import io.weekly.worker.TenantLogos;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps by which the generate lane makes a report, one by one, and without storing anything. No other class of dev mode calls the code
 * of that lane.
 */
@Singleton
class WorkbenchReport {

    private static final String RECIPIENT = """
            SELECT t.id AS tenant_id, t.slug, t.name AS tenant_name, t.zone, t.locale AS tenant_locale, t.color, t.sender_name, t.reply_to,
                   l.sha256 AS logo,
                   rc.user_id, rc.name, rc.email, rc.tags, COALESCE(p.locale, rc.locale, t.locale) AS locale
            FROM tenant t
            JOIN recipient rc ON rc.tenant_id = t.id
            LEFT JOIN logo l ON l.tenant_id = t.id
            LEFT JOIN preference p ON p.tenant_id = rc.tenant_id AND p.recipient_id = rc.id
            WHERE t.slug = ? AND t.ended_at IS NULL AND rc.user_id = ? AND rc.active AND rc.ended_at IS NULL""";

    private final Database database;
    private final Datasets datasets;
    private final TenantLogos logos;
    private final RenderPool renderPool;
    private final Pdf pdf;
    private final Clock clock;

    WorkbenchReport(Database database, Datasets datasets, TenantLogos logos, RenderPool renderPool, Pdf pdf, Clock clock) {
        this.database = database;
        this.datasets = datasets;
        this.logos = logos;
        this.renderPool = renderPool;
        this.pdf = pdf;
        this.clock = clock;
    }

    /** The page as XHTML, and the mail. */
    record Composed(String page, MailText mail) {}

    /** @param millis how long rendering took, without the wait for a thread */
    record Rendered(byte[] pdf, int pages, double millis) {}

    /** The subject of a report; empty if there is no such recipient. */
    Uni<Optional<ReportSubject>> subject(String definition, String tenant, String recipient, Period period) {
        return database.client().preparedQuery(RECIPIENT).execute(Tuple.of(tenant, recipient)).flatMap(rows -> rows.size() == 0
                ? Uni.createFrom().item(Optional.empty())
                : subject(task(rows.iterator().next(), definition, period)).map(Optional::of));
    }

    private Uni<ReportSubject> subject(ReportTask report) {
        return logos.of(report).map(logo -> ReportSubject.of(report).withLogo(logo));
    }

    private ReportTask task(Row row, String definition, Period period) {
        var tenant = new ReportTask.Tenant(
                row.getInteger("tenant_id"), row.getString("slug"), row.getString("tenant_name"), row.getString("zone"),
                row.getString("tenant_locale"), row.getString("color"), row.getString("sender_name"), row.getString("reply_to"),
                row.getString("logo"), null, false);
        var recipient = new ReportTask.Recipient(
                0,
                row.getString("user_id"), row.getString("name"), row.getString("email"),
                new JsonArray(row.getString("tags")).stream().map(String.class::cast).toList(), row.getString("locale"), true, null, false);
        return new ReportTask(
                Ids.NONE, null, definition, period.toString(), 1, clock.instant(), List.of("pdf"), DeliveryMode.NONE, Priority.ON_DEMAND,
                ReportStatus.QUEUED, null, false, false, null, tenant, recipient);
    }

    /** Reads the rows of one dataset, so that each dataset has its own time and its own failure. */
    Uni<List<Map<String, Object>>> read(Definition definition, Dataset dataset, ReportSubject subject) {
        return datasets.read(definition.only(dataset), subject.parameters()).map(figures -> figures.datasets().get(dataset.name()));
    }

    Uni<Composed> compose(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportSubject subject) {
        var facts = subject.facts(clock.instant());
        return renderPool.submit(() -> new Composed(
                ReportPage.of(definition, figures, facts), MailText.of(definition, figures, facts, Optional.empty())));
    }

    Uni<Rendered> render(Definition definition, String page, ReportSubject subject) {
        return renderPool.submit(() -> {
            var begun = System.nanoTime();
            var bytes = pdf.render(definition.file("report.html"), page, subject.logo(), Optional.empty()).bytes();
            var millis = (System.nanoTime() - begun) / 100_000 / 10.0;
            return new Rendered(bytes, PdfPages.count(bytes), millis);
        });
    }

    /** Draws a page of a PDF as a PNG. */
    Uni<byte[]> draw(byte[] bytes, int number) {
        return renderPool.submit(() -> PdfPages.png(bytes, number));
    }
}
