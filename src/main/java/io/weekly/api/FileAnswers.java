package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.api.http.ByteRange;
import io.weekly.api.http.ByteRange.Part;
import io.weekly.api.http.DownloadPool;
import io.weekly.api.http.FileChunks;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Report;
import io.weekly.report.Report.File;
import io.weekly.store.ReportStore;
import io.weekly.store.encryption.CorruptFileException;
import io.weekly.store.encryption.CorruptFiles;
import io.weekly.store.encryption.FileIdentity;
import io.weekly.store.encryption.FileRecord;
import io.weekly.store.encryption.FileVault;
import io.weekly.store.encryption.TenantFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.PathPart;

/**
 * Answers a request for a file of a report with its bytes. A plain file is sent by the operating system. An encrypted file is decrypted in
 * chunks. The first chunk and the end of the file are checked before the headers are sent.
 */
@ApplicationScoped
class FileAnswers {

    private static final Logger LOG = Logger.getLogger(FileAnswers.class);
    /** Most reports are smaller, so they are checked whole before the headers are sent. */
    private static final int CHUNK = 128 * 1024;

    private final ReportStore store;
    private final FileVault vault;
    private final CorruptFiles corrupt;
    private final DownloadPool pool;

    FileAnswers(ReportStore store, FileVault vault, CorruptFiles corrupt, DownloadPool pool) {
        this.store = store;
        this.vault = vault;
        this.corrupt = corrupt;
        this.pool = pool;
    }

    /**
     * 200 with the whole file, or 206 with the range. Fails with a 410 if the store does not have the file, with a 416, and with a 500 if
     * it is not the file that was stored.
     */
    Uni<ResponseBuilder> answer(Report report, File file, ByteRange range) {
        var wanted = new FileRecord(
                new FileIdentity(report.tenantId(), report.id(), file.format(), file.sha256()), file.path(), file.bytes());
        return vault.toRead(report.tenantId(), List.of(file.path()))
                .flatMap(files -> pool.submit(() -> path(wanted))
                        .flatMap(path -> answer(files, wanted, path, range.of(file.bytes(), tag(file)))))
                .onFailure(CorruptFileException.class)
                .call(failure -> corrupt.report((CorruptFileException) failure))
                .onFailure(CorruptFileException.class)
                .transform(_ -> ProblemException.broken("The stored file was changed or damaged, so it is not sent. The operator of the"
                        + " service has been told."))
                .map(answer -> withHeaders(answer, report, file).tag(tag(file)));
    }

    private Path path(FileRecord file) {
        return store.find(file.path()).orElseThrow(() -> ProblemException.gone("The file is not kept any more."));
    }

    private Uni<ResponseBuilder> answer(TenantFiles files, FileRecord file, Path path, Part part) {
        return file.isEncrypted() ? decrypted(files, file, part) : asItIs(files, file, path, part);
    }

    private Uni<ResponseBuilder> asItIs(TenantFiles files, FileRecord file, Path path, Part part) {
        return pool.submit(() -> {
            files.checkSize(file);
            return part.answer(new PathPart(path, part.from(), part.bytes()));
        });
    }

    private Uni<ResponseBuilder> decrypted(TenantFiles files, FileRecord file, Part part) {
        return chunk(files, file, part, 0).map(first -> part.answer(
                first.length == part.bytes()
                        ? first
                        : new FileChunks(first, part.bytes(), position -> next(files, file, part, position))));
    }

    private Uni<byte[]> next(TenantFiles files, FileRecord file, Part part, long position) {
        return chunk(files, file, part, position)
                .onFailure(CorruptFileException.class)
                .call(failure -> corrupt.report((CorruptFileException) failure))
                .onFailure(failure -> !(failure instanceof CorruptFileException))
                .invoke(failure -> LOG.errorf(failure, "a download of %s broke off", file.path()));
    }

    private Uni<byte[]> chunk(TenantFiles files, FileRecord file, Part part, long position) {
        return pool.submit(() -> files.read(file, part.from() + position, (int) Math.min(CHUNK, part.bytes() - position)));
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
