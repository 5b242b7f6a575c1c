/**
 * The source: reads the figures of reports from the platform's database, which this service may read but does not own.
 *
 * <p><b>Reading.</b> {@link io.weekly.source.Datasets} reads the datasets of a report over one connection, in one read-only snapshot, one
 * after the other. Datasets that do not depend on the recipient are equal for a whole run, so {@code SharedFigures} reads them once per
 * process and run. A report is as old as the oldest snapshot that it uses. {@link io.weekly.source.Readiness} asks whether the data are
 * complete. {@link io.weekly.source.AllowedHours} says when reports of runs may be read.
 *
 * <p><b>Limits.</b> The server is told how many rows a dataset may return and how long it may take. If it does not obey, {@code Snapshot}
 * kills the statement over another connection. {@code BoundedRows} limits the memory.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>Nothing is written to the source.
 *   <li>A connection returns to the pool only when its statement has ended and nothing of the report is left on it: no transaction, limit
 *       or lock. The next user may be another tenant. If that is uncertain, the connection is closed.
 *   <li>Rows that depend on a recipient are never shared.
 * </ul>
 *
 * <p><b>Failures.</b> A {@link io.weekly.source.DatasetException} is a fault of the definition. It names file and line, and the report
 * fails at once. Every other failure may pass, so the worker tries again: the source cannot be reached, does not answer, or is
 * overloaded. When this process dies, the server ends its statements and snapshots with their connections. Nothing has to be repaired.
 */
@NullMarked
package io.weekly.source;

import org.jspecify.annotations.NullMarked;
