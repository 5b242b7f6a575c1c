/**
 * The audit trail: what happened, who did it, and when.
 *
 * <p><b>Model.</b> {@link io.weekly.audit.AuditLog} appends an event in the transaction of the change that it records. Events are never
 * updated. An event has a subject, the id of the thing that it happened to. Enqueueing 100,000 reports writes one event of the run for each
 * chunk, not one for each report. So the trail of a report consists of its own events and those of its run, in order
 * ({@link io.weekly.audit.AuditTrail}).
 *
 * <p>A list of all events is ordered by number, newest first. An event gets its number when it is written, and becomes visible when its
 * transaction commits. So of two concurrent events the later number can become visible first. A client that pages back sees no event twice.
 * An event that commits meanwhile can have a number among those already read; the client sees it when it reads the list again.
 *
 * <p><b>Failure cases.</b> If the event cannot be written, the change fails too. If the process dies before the commit, neither exists. The
 * trail is not sealed: a user with write access to the database can change it.
 */
@NullMarked
package io.weekly.audit;

import org.jspecify.annotations.NullMarked;
