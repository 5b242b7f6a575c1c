package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.api.http.ByteRange;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Report;
import io.weekly.report.Report.File;
import io.weekly.store.ReportStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Answers a request for a file of a report with its bytes. */
@ApplicationScoped
class FileAnswers {

    private final ReportStore store;

    FileAnswers(ReportStore store) {
        this.store = store;
    }

    /** 200 with the whole file, or 206 with the range. Fails with a 410 if the store does not have the file, and with a 416. */
    Uni<ResponseBuilder> answer(Report report, File file, ByteRange range) {
        return Uni.createFrom()
                .item(() -> store.find(file.path()).orElseThrow(() -> ProblemException.gone("The file is not kept any more.")))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(path -> range.answer(path, file.bytes(), tag(file)))
                .map(answer -> withHeaders(answer, report, file).tag(tag(file)));
    }

    /** The ETag of a file. */
    static EntityTag tag(File file) {
        return new EntityTag(file.sha256());
    }

    private static ResponseBuilder withHeaders(ResponseBuilder answer, Report report, File file) {
        var name = "%s-%s-%s.%s".formatted(report.definition(), report.tenant(), report.period(), file.type().extension());
        return answer.type(file.type().mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .header("Accept-Ranges", "bytes");
    }
}
