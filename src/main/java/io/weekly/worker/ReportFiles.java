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
import io.weekly.report.FileType;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import io.weekly.store.ReportStore;
import io.weekly.store.RetentionConfig;
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
    private final ReportStore store;
    private final ObjectMapper json;
    private final Clock clock;
    private final int retentionDays;

    ReportFiles(
            Pdf pdf,
            Secrets secrets,
            ReportStore store,
            ObjectMapper json,
            Clock clock,
            RetentionConfig retention) {
        this.pdf = pdf;
        this.secrets = secrets;
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.retentionDays = retention.days();
    }

    /** What was made of a report. */
    record Made(List<StoredFile> files, List<Warning> warnings) {}

    /** All files of a report. */
    Made make(
            ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts)
            throws JsonProcessingException {
        var files = new ArrayList<StoredFile>();
        var warnings = new CompositionWarnings(report, facts);
        for (var format : WantedFormats.of(report, definition)) {
            files.add(file(format, report, definition, figures, facts, warnings));
        }
        // The mail is also composed if nothing is to be mailed now, because a user may request the mail later, when the figures are not
        // available any more.
        var mail = MailText.of(definition, figures, facts, MailLinks.placeholder(report));
        files.add(put(report, StoredFile.MAIL, FileType.JSON, json.writeValueAsBytes(mail)));
        warnings.addMail(definition.templates().mail());
        return new Made(files, warnings.list());
    }

    /** The only file of an empty report: a short mail that says so. */
    Made note(
            ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts)
            throws JsonProcessingException {
        var warnings = new CompositionWarnings(report, facts);
        warnings.addMail(definition.templates().note());
        var mail = MailText.note(definition, figures, facts);
        return new Made(List.of(put(report, StoredFile.MAIL, FileType.JSON, json.writeValueAsBytes(mail))), warnings.list());
    }

    private StoredFile file(
            String format, ReportTask report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts,
            CompositionWarnings warnings) {
        return switch (format) {
            case "xlsx" -> put(report, format, FileType.XLSX, ReportTables.xlsx(definition, figures, facts));
            case "csv" -> put(report, format, ReportTables.csvType(definition), ReportTables.csv(definition, figures, facts));
            default -> {
                var page = ReportPage.of(definition, figures, facts);
                var rendered = pdf.render(definition.file("report.html"), page, facts.tenant().logo(), password(report));
                warnings.addPdf(rendered, definition.templates().page());
                yield put(report, format, FileType.PDF, rendered.bytes());
            }
        };
    }

    private Optional<String> password(ReportTask report) {
        return Optional.ofNullable(report.pdfPassword()).map(password -> secrets.decrypt(password.owner(), password.kept()));
    }

    private StoredFile put(ReportTask report, String format, FileType type, byte[] bytes) {
        // The report has failed if its time is over, so nothing may be stored for it.
        RenderStopped.ifInterrupted();
        var put = store.put(report.tenant().id(), report.period(), report.reportId(), format, bytes);
        var now = clock.instant();
        var days = report.tenant().retentionDays() == null ? retentionDays : report.tenant().retentionDays();
        return new StoredFile(format, type, put.bytes(), put.sha256(), put.path(), now, now.plus(Duration.ofDays(days)));
    }

    /** The mail that was composed when the report was generated. */
    MailText mail(List<StoredFile> files) {
        var file = files.stream()
                .filter(StoredFile::isMail)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the report was generated without a mail"));
        try {
            return json.readValue(store.read(file.path()), MailText.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the mail that was composed with the report cannot be read", e);
        }
    }

    /** The content of a stored file. */
    byte[] read(StoredFile file) {
        return store.read(file.path());
    }
}
