/**
 * Reads the figures of reports from the source, which is the platform's own database. This service only reads it.
 *
 * <p><b>Model.</b> {@link io.weekly.source.Datasets} reads the datasets of a report. A report on demand reads all of them one after the
 * other, over one connection and in one read-only snapshot. All reports of a run share the datasets that do not depend on the recipient:
 * {@code SharedFigures} reads them in one snapshot and caches them in this process. They are read again if they are too old
 * ({@code weekly.source.shared-max-age}) or were removed from the full cache. Each report of the run reads its other datasets in a second
 * snapshot. The time that a report shows ({@code asOf}) is that of its oldest snapshot. {@link io.weekly.source.Readiness} runs the query
 * that tells whether the data are complete. {@link io.weekly.source.AllowedHours} are the hours in which datasets may be read for runs.
 *
 * <p><b>Limits.</b> The session settings of the connection limit the rows and the time of each dataset. If the server exceeds these limits
 * nevertheless, {@code Snapshot} kills the statement over another connection. {@code BoundedRows} limits the memory.
 *
 * <p><b>Values.</b> {@code ColumnValue} converts each value to one of the few types that templates know, without a loss. The database
 * client cannot read every value: for a day like {@code 2026-11-00} it drops the row and ends the query as if nothing had happened. So
 * {@link io.weekly.database.ResultColumns} makes the client return the bytes of such columns. If the client nevertheless throws while it
 * reads a result, or returns fewer rows than the server sent, {@code Snapshot} fails the dataset.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>Nothing is written to the source.
 *   <li>A connection returns to the pool only when its statement has ended and the connection was reset: it has no transaction, limit,
 *       lock, variable or setting left from the report. The reason is that the next report on it may belong to another tenant. If this is
 *       uncertain, the connection is closed.
 *   <li>A dataset has all rows that the server sent, or its report fails.
 *   <li>Rows that depend on a recipient are never shared.
 * </ul>
 *
 * <p><b>Failures.</b> A {@link io.weekly.source.DatasetException} is a fault of the definition. It names file and, if known, line, and the
 * report fails at once. A {@link io.weekly.source.SourceAwayException} means that the source does not work; no attempt counts, and the
 * outage is logged when it begins and when it ends. Every other failure may be temporary, so the worker tries again. If this process dies,
 * its connections close, and the server ends their statements and snapshots. Nothing has to be repaired.
 */
@NullMarked
package io.weekly.source;

import org.jspecify.annotations.NullMarked;
