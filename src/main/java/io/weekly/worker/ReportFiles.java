package io.weekly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weekly.render.Pdf;
import io.weekly.report.Assignment;
import io.weekly.report.Definition;
import io.weekly.report.MailText;
import io.weekly.report.ReportFacts;
import io.weekly.report.ReportPage;
import io.weekly.report.StoredFile;
import io.weekly.store.ReportStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a report: the PDF and the mail, made and stored. Blocking: on the render pool. */
@ApplicationScoped
class ReportFiles {

    private final Pdf pdf;
    private final ReportStore store;
    private final ObjectMapper json;
    private final Clock clock;
    private final int retentionDays;

    ReportFiles(
            Pdf pdf,
            ReportStore store,
            ObjectMapper json,
            Clock clock,
            RetentionConfig retention) {
        this.pdf = pdf;
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.retentionDays = retention.days();
    }

    List<StoredFile> make(
            Assignment report, Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts)
            throws JsonProcessingException {
        var files = new ArrayList<StoredFile>();
        var page = ReportPage.of(definition, figures, facts);
        files.add(put(report, "pdf", pdf.render(definition.file("report.html"), page, facts.tenant().logo())));
        // Also where nothing is to be mailed now: somebody may ask for it later, and the figures are at hand now.
        var mail = MailText.of(definition, figures, facts, Optional.empty());
        files.add(put(report, StoredFile.MAIL, json.writeValueAsBytes(mail)));
        return files;
    }

    private StoredFile put(Assignment report, String format, byte[] bytes) {
        var put = store.put(report.tenant().slug(), report.period(), report.reportId(), format, bytes);
        var now = clock.instant();
        var days = report.tenant().retentionDays() == null ? retentionDays : report.tenant().retentionDays();
        return new StoredFile(format, put.bytes(), put.sha256(), put.path(), now, now.plus(Duration.ofDays(days)));
    }

    /** The mail that was composed with the report. */
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
