package io.weekly.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Writes all log lines and meters about deletions. There is one line when something ended or failed. docs/monitoring.md lists them. */
@ApplicationScoped
class RetentionEvents {

    private static final Logger LOG = Logger.getLogger("io.weekly.retention");

    private final Counter deleted;
    private final Counter failed;

    /** Registers both counters at the start, so that an alert on their increase sees the first count. */
    RetentionEvents(MeterRegistry meters) {
        deleted = counter(meters, "deleted");
        failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("weekly.retention.files")
                .description("Files that were to be deleted from the store")
                .tags("outcome", outcome)
                .register(meters);
    }

    void filesDeleted(int files) {
        deleted.increment(files);
    }

    void expiredFilesDeleted(int files) {
        if (files > 0) {
            LOG.infof("%d expired files were deleted", files);
        }
    }

    /** One line for all files of a batch. */
    void filesNotDeleted(int files, RuntimeException first) {
        failed.increment(files);
        LOG.errorf("%d files could not be deleted; they are tried again later. The first: %s", files, first.getMessage());
    }

    void filesNotDated(int tenantId, Throwable failure) {
        LOG.errorf(failure, "files of tenant %d could not get the date of its new retention; it is tried again", tenantId);
    }

    void swept(int needless, int unknown) {
        if (needless > 0) {
            LOG.infof("the store was searched: %d files that no report needs were deleted", needless);
        }
        if (unknown > 0) {
            LOG.warnf("the store has %d files of reports that are not in this database; they were left alone", unknown);
        }
    }

    void sweepFailed(Throwable failure) {
        LOG.error("the search for files that no report needs failed; the next one is after weekly.retention.sweep-interval", failure);
    }

    void notErased(String erasure, Throwable failure) {
        LOG.errorf(failure, "erasure %s failed; it is tried again", erasure);
    }

    void erased(String erasure) {
        LOG.infof("erasure %s has finished", erasure);
    }

    void tenantNotErased(int tenantId, Throwable failure) {
        LOG.errorf(failure, "files and personal data of the ended tenant %d could not be erased; it is tried again", tenantId);
    }

    void tenantErased(int tenantId) {
        LOG.infof("files and personal data of the ended tenant %d are erased", tenantId);
    }
}
