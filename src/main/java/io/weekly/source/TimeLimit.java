package io.weekly.source;

import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import io.weekly.definition.DurationText;
import java.time.Duration;

/**
 * How long a dataset may take, and by whose word.
 *
 * @param ofTheReport whether it is only what is left of the time for all of the report's datasets
 */
record TimeLimit(Duration time, boolean ofTheReport, Duration timeout) {

    /** @param left of the time for all of them */
    static TimeLimit of(Dataset dataset, SourceConfig config, Duration left) {
        var own = dataset.timeout() == null ? config.datasetTimeout() : dataset.timeout();
        return left.compareTo(own) < 0 ? new TimeLimit(left, true, config.timeout()) : new TimeLimit(own, false, own);
    }

    /** A dataset that takes too long by itself will do so again; many that do together may be quicker another time. */
    RuntimeException exceeded(Definition definition, Dataset dataset) {
        var file = definition.file(dataset.name() + ".sql");
        if (ofTheReport) {
            return new IllegalStateException("the datasets of %s took longer than weekly.source.timeout (%s); the last one was %s"
                    .formatted(definition.name(), DurationText.of(timeout), file));
        }
        var raise = dataset.timeout() == null
                ? "weekly.source.dataset-timeout, or datasets: {%s: {timeout: …}} in report.yaml".formatted(dataset.name())
                : "datasets: {%s: {timeout: …}} in report.yaml".formatted(dataset.name());
        return new DatasetException(file, "took longer than its limit of %s; where it is meant to, raise %s".formatted(DurationText.of(time), raise), null);
    }
}
