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
 * <p><b>Persons.</b> An event is never changed, so it holds nothing that has to be erased. {@link io.weekly.audit.AuditLog} stores a
 * pseudonym in the place of each user id ({@link io.weekly.audit.AuditPersons}), and a hash in the place of each text that can name a
 * person ({@link io.weekly.audit.AuditTexts}); {@code EventReader} puts them back. Hashes have a random salt, which is in the row of the
 * person or text. When the row is erased, nobody can find out what the hash was of.
 *
 * <p><b>Origin.</b> {@link io.weekly.audit.Origin} says which client and request an event came from. It is stored in the Vert.x context of
 * the request, so pipelines need not carry it. Events of the service itself never have one, even if a request has woken it.
 *
 * <p><b>Listeners.</b> A package that acts on events implements {@link io.weekly.audit.AuditListener}. It gets the events in the
 * transaction that writes them, so a rollback also undoes what the listener wrote.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>The row of an event has no user id ({@code AuditPersonsTest.anEventHasNoUserIdAndReadersSeeIt}) and no text that can name a person
 *       ({@code AuditTextsTest.theEventHasOnlyAHashAndReadersSeeTheText}).
 *   <li>A person has one pseudonym ({@code AuditPersonsTest.transactionsThatMeetANewPersonAtTheSameTimeGiveItOnePseudonym}) until it is
 *       erased; then the user id gets another ({@code AuditPersonsTest.afterAnErasureThePseudonymStaysAndTheNextPersonHasAnother}).
 *   <li>A row that was changed by hand makes no event name somebody else ({@code
 *       AuditPersonsTest.aRowThatWasChangedByHandNamesNobody}, {@code AuditTextsTest.aTextThatWasChangedByHandIsNotShown}).
 *   <li>A request's origin is in no event of another request ({@code RequestOriginsTest.requestsAtTheSameTimeKeepTheirOwnOrigin}) and in
 *       none of background work ({@code RequestOriginsTest.backgroundWorkHasNoOrigin}).
 * </ul>
 *
 * <p><b>Failure cases.</b> If the event cannot be written, the change fails too. If the process dies before the commit, neither exists. A
 * transaction that names a new person waits for another one that has just named the same person, until that one ends. A user with write
 * access to the database can change events; {@code audit.seal} notices it.
 */
@NullMarked
package io.weekly.audit;

import org.jspecify.annotations.NullMarked;
