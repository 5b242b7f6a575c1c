/**
 * What happened, by whom, when: appended in the transaction of the change itself, never updated, read back as a thing's trail.
 *
 * <p><b>Model.</b> An event has a subject, the id of what it happened to. Enqueuing 100,000 reports is one event of the run for each
 * chunk and not one for each report: a report's trail is its own events and those of its run, together and in order.
 *
 * <p>Read altogether, events come newest first, in the order of their numbers. Numbers are given when an event is written and
 * seen when its transaction ends: of two at the same moment the later number may be seen first. Whoever pages back sees none twice; one
 * that is written meanwhile may appear among those already read, and is there when the list is read again.
 *
 * <p><b>Failure cases.</b> When the append fails, the change fails with it. Sealing and verification of the trail are not here yet:
 * who can write to the database can rewrite it.
 */
package io.weekly.audit;
