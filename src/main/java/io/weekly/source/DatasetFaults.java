package io.weekly.source;

import io.vertx.mysqlclient.MySQLException;
import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import java.util.Optional;

/**
 * The faults of one dataset that show while it is read.
 *
 * @param maxBytes the largest size of all datasets of a report, roughly
 */
record DatasetFaults(Definition definition, Dataset dataset, SourceServer server, TimeLimit limit, long maxBytes) {

    /** The fault behind a failure of the statement. A failure that may be temporary stays as it is. */
    Throwable of(Throwable failure, BoundedRows rows) {
        // The size comes first. Other errors are then a consequence: the statement was killed because it sent too much.
        return ofSize(rows).map(Throwable.class::cast).orElseGet(() -> switch (failure) {
            case MySQLException answer -> ofServer(answer);
            case UnreadableValueException value -> new DatasetException(file(), String.valueOf(value.getMessage()), value);
            default -> failure;
        });
    }

    private Throwable ofServer(MySQLException failure) {
        if (server.isTimeout(failure.getErrorCode())) {
            return limit.exceeded(definition, dataset);
        }
        return SqlFault.isTransient(failure) ? failure : SqlFault.of(file(), dataset, failure);
    }

    /**
     * The fault of a statement that has ended without a failure.
     *
     * @param sent how many rows the server has sent
     */
    Optional<DatasetException> of(BoundedRows rows, long sent) {
        return ofSize(rows).or(() -> ofLostRows(sent - rows.received())).or(() -> rows.duplicateColumn().map(column -> new DatasetException(
                file(), "returns two columns named %s; rename one of them with AS".formatted(column), null)));
    }

    private Optional<DatasetException> ofLostRows(long lost) {
        return lost == 0 ? Optional.empty() : Optional.of(new DatasetException(
                file(), "%d of its rows cannot be read; convert their values in the query, for example with CAST".formatted(lost), null));
    }

    private Optional<DatasetException> ofSize(BoundedRows rows) {
        if (rows.areTooLarge()) {
            return Optional.of(new DatasetException(
                    file(),
                    "exceeded the %d bytes that all datasets of a report may take together (weekly.source.max-bytes); it must read less"
                            .formatted(maxBytes),
                    null));
        }
        return !rows.areTooMany() ? Optional.empty() : Optional.of(new DatasetException(
                file(),
                "returned more rows than its limit of %d; if that is intended, raise datasets: {%s: {rows: …}} in report.yaml"
                        .formatted(dataset.rowLimit(), dataset.name()),
                null));
    }

    private String file() {
        return definition.file(dataset.name() + ".sql");
    }
}
