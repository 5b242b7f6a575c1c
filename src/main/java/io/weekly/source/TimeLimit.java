package io.weekly.source;

import io.weekly.definition.Dataset;
import io.weekly.definition.Definition;
import io.weekly.definition.DurationText;
import java.time.Duration;

/**
 * How long a dataset may take, and the setting that this time comes from.
 *
 * @param time how long this execution may take
 * @param ofTheReport whether {@code time} is the rest of {@code weekly.source.timeout}, which all datasets of the report share
 * @param timeout the setting from which {@code time} follows
 */
record TimeLimit(Duration time, boolean ofTheReport, Duration timeout) {

    /** @param left the rest of the time for all datasets of the report */
    static TimeLimit of(Dataset dataset, SourceConfig config, Duration left) {
        var own = dataset.timeout() == null ? config.datasetTimeout() : dataset.timeout();
        return left.compareTo(own) < 0 ? new TimeLimit(left, true, config.timeout()) : new TimeLimit(own, false, own);
    }

    /**
     * If one dataset exceeds its own limit, that counts as a fault of the definition. If all datasets together exceed theirs, it counts as
     * temporary, because the source may be faster later.
     */
    RuntimeException exceeded(Definition definition, Dataset dataset) {
        var file = definition.file(dataset.name() + ".sql");
        if (ofTheReport) {
            return new IllegalStateException("the datasets of %s took longer than weekly.source.timeout (%s); the last one was %s"
                    .formatted(definition.name(), DurationText.of(timeout), file));
        }
        var raise = dataset.timeout() == null
                ? "weekly.source.dataset-timeout, or datasets: {%s: {timeout: …}} in report.yaml".formatted(dataset.name())
                : "datasets: {%s: {timeout: …}} in report.yaml".formatted(dataset.name());
        return new DatasetException(
                file, "took longer than its limit of %s; if that is intended, raise %s".formatted(DurationText.of(time), raise), null);
    }
}
