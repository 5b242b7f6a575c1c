/**
 * The audit trail: what happened, who did it, and when.
 *
 * <p><b>Model.</b> {@link io.weekly.audit.AuditLog} appends an event in the transaction of the change that it records. Events are never
 * updated. The subject of an event is the id of the thing that it happened to. When a run queues 100,000 reports, it writes one event for
 * each chunk, with the run as its subject, and not one event for each report. So the trail of a report consists of its own events and those
 * of its run, in order ({@link io.weekly.audit.AuditTrail}).
 *
 * <p>A list of all events is ordered by number, newest first. An event gets its number when it is written, and becomes visible when its
 * transaction commits. So of two concurrent events, the one with the higher number can become visible first. A client that reads page after
 * page gets no event twice. It can miss an event: one that becomes visible during the reading, with a number in a page that was already
 * read. The client gets this event when it reads the list again.
 *
 * <p><b>Failure cases.</b> If the event cannot be written, the change fails too. If the process dies before the commit, neither exists.
 * A user with write access to the database can change events; {@code audit.seal} notices it.
 */
@NullMarked
package io.weekly.audit;

import org.jspecify.annotations.NullMarked;
