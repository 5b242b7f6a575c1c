package io.weekly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weekly.definition.Definition;
import io.weekly.definition.MailText;
import io.weekly.definition.ReportFacts;
import io.weekly.definition.ReportPage;
import io.weekly.definition.ReportTables;
import io.weekly.render.RenderStopped;
import io.weekly.render.pdf.Pdf;
import io.weekly.report.DeliveryMode;
import io.weekly.report.FileType;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import io.weekly.store.RetentionConfig;
import io.weekly.store.encryption.FileIdentity;
import io.weekly.store.encryption.FileRecord;
import io.weekly.store.encryption.TenantFiles;
import io.weekly.tenant.Secrets;
import io.weekly.text.Warning;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and stores the files of a report: one for each format, and the composed mail. Blocking: call it on the {@link RenderPool}. */
@ApplicationScoped
class ReportFiles {

    private final Pdf pdf;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final int retentionDays;

    ReportFiles(
            Pdf pdf,
            Secrets secrets,
            ObjectMapper json,
            Clock clock,
            RetentionConfig retention) {
        this.pdf = pdf;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.retentionDays = retention.days();
    }

    /** What was made of a report. */
    record Made(List<StoredFile> files, List<Warning> warnings) {}

    /** All files of a report. */
    Made make(
            TenantFiles store, ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts)
            throws JsonProcessingException {
        var files = new ArrayList<StoredFile>();
        var warnings = new CompositionWarnings(report, facts);
        for (var format : WantedFormats.of(report, definition)) {
            files.add(put(store, report, format, content(format, report, definition, figures, facts, warnings)));
        }
        // The mail is also composed if nothing is to be mailed now, because a user may request the mail later, when the figures are not
        // available any more.
        var mail = mail(report, definition, figures, facts);
        files.add(put(store, report, StoredFile.MAIL, new Content(FileType.JSON, json.writeValueAsBytes(mail))));
        warnings.addMail(definition.templates().mail());
        return new Made(files, warnings.list());
    }

    /** Whether the files are too large for a mail is known when a mail server says so. So the mail has a version with a link, too. */
    private static MailText mail(
            ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var mail = MailText.of(definition, figures, facts, MailLinks.placeholder(report));
        return report.delivery() == DeliveryMode.LINK ? mail : mail.withLinked(definition, figures, facts, MailLinks.PLACEHOLDER);
    }

    /** The only file of an empty report: a short mail that says so. */
    Made note(
            TenantFiles store, ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts)
            throws JsonProcessingException {
        var warnings = new CompositionWarnings(report, facts);
        warnings.addMail(definition.templates().note());
        var mail = MailText.note(definition, figures, facts);
        var file = put(store, report, StoredFile.MAIL, new Content(FileType.JSON, json.writeValueAsBytes(mail)));
        return new Made(List.of(file), warnings.list());
    }

    /** A file before it is stored. */
    private record Content(FileType type, byte[] bytes) {}

    private Content content(
            String format, ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts,
            CompositionWarnings warnings) {
        return switch (format) {
            case "xlsx" -> new Content(FileType.XLSX, ReportTables.xlsx(definition, figures, facts));
            case "csv" -> new Content(ReportTables.csvType(definition), ReportTables.csv(definition, figures, facts));
            default -> {
                var page = ReportPage.of(definition, figures, facts);
                var rendered = pdf.render(definition.file("report.html"), page, facts.tenant().logo(), password(report));
                warnings.addPdf(rendered, definition.templates().page());
                yield new Content(FileType.PDF, rendered.bytes());
            }
        };
    }

    private Optional<String> password(ReportTask report) {
        return Optional.ofNullable(report.pdfPassword()).map(password -> secrets.decrypt(password.owner(), password.kept()));
    }

    private StoredFile put(TenantFiles store, ReportTask report, String format, Content content) {
        // The report has failed if its time is over, so nothing may be stored for it.
        RenderStopped.ifInterrupted();
        var put = store.put(report.period(), report.reportId(), format, content.bytes());
        var now = clock.instant();
        var days = report.tenant().retentionDays() == null ? retentionDays : report.tenant().retentionDays();
        return new StoredFile(format, content.type(), put.bytes(), put.sha256(), put.path(), now, now.plus(Duration.ofDays(days)));
    }

    /** The mail that was composed when the report was generated. */
    MailText mail(TenantFiles store, ReportTask report, List<StoredFile> files) {
        var file = files.stream()
                .filter(StoredFile::isMail)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the report was generated without a mail"));
        try {
            return json.readValue(read(store, report, file), MailText.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the mail that was composed with the report cannot be read", e);
        }
    }

    /** The content of a stored file. */
    byte[] read(TenantFiles store, ReportTask report, StoredFile file) {
        var identity = new FileIdentity(report.tenant().id(), report.reportId(), file.format(), file.sha256());
        return store.read(new FileRecord(identity, file.path(), file.bytes()));
    }
}
