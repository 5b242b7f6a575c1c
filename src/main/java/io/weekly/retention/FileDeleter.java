package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.report.KeptFile;
import io.weekly.report.KeptFiles;
import io.weekly.store.ReportStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes files of reports: first from the store, then in the database. If the process dies in between, the row says that the file is still
 * there, and the next pass deletes it once more, which changes nothing. In the other order a file would stay in the store that no row
 * names. A path is never used twice, so neither a repeated deletion nor one of two processes can hit another file.
 */
@ApplicationScoped
class FileDeleter {

    private final ReportStore store;
    private final KeptFiles files;
    private final RetentionEvents events;

    FileDeleter(ReportStore store, KeptFiles files, RetentionEvents events) {
        this.store = store;
        this.files = files;
        this.events = events;
    }

    /** Deletes some hundred files. A file that the store cannot delete keeps its row as it is. Returns how many were deleted. */
    Uni<Integer> delete(List<KeptFile> batch) {
        return Uni.createFrom()
                .item(() -> deleteFromStore(batch))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .call(files::deleted)
                .map(List::size);
    }

    private List<KeptFile> deleteFromStore(List<KeptFile> batch) {
        var paths = deletePaths(batch.stream().map(KeptFile::path).toList());
        return batch.stream().filter(file -> paths.contains(file.path())).toList();
    }

    /**
     * Deletes files from the store; no row changes. Blocking. A file that cannot be deleted is logged and left out. Returns those that were
     * deleted.
     */
    Set<String> deletePaths(List<String> paths) {
        var deleted = new HashSet<String>();
        var failures = new ArrayList<RuntimeException>();
        for (var path : paths) {
            try {
                store.delete(path);
                deleted.add(path);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        events.filesDeleted(deleted.size());
        if (!failures.isEmpty()) {
            events.filesNotDeleted(failures.size(), failures.getFirst());
        }
        return deleted;
    }
}
