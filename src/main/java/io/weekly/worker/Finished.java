package io.weekly.worker;

import io.weekly.delivery.HandOver;
import io.weekly.queue.Lease;
import io.weekly.report.ReportTask;
import java.time.Instant;
import java.util.Optional;

/**
 * A stage that has ended, to be written.
 *
 * @param report empty where it is gone
 * @param handOver what became of the dialogue with the mail server, where there was one
 */
record Finished(
        Lease lease, Optional<ReportTask> report, Instant startedAt, Instant endedAt, Outcome outcome, Optional<HandOver> handOver) {}
