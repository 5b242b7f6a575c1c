/**
 * Seals: signed statements about audit events, and their verification.
 *
 * <p><b>Model.</b> Once a minute {@link io.weekly.audit.seal.Sealer} in one of all processes makes seals about the events that are settled.
 * A {@link io.weekly.audit.seal.Seal} names a range of ids and the gaps in it, has a hash over all columns of the events, and the hash of
 * the seal before, and is signed with Ed25519. The private key is derived from the keyring ({@code KeyPurpose.SEAL}), which the database
 * never holds. Each seal is also written outside the database, as one line of JSON: to the log, and to the folder {@code
 * weekly.audit.anchor}.
 *
 * <p>An event gets its id before it becomes visible, so ids become visible out of order. An event is settled when its id was given more
 * than {@code weekly.audit.settle} ago ({@link io.weekly.audit.seal.SealTurns}, by the database's time). If its transaction took longer, it
 * is a late event: the next seal lists it by its id ({@link io.weekly.audit.seal.LateEvents}).
 *
 * <p>{@link io.weekly.audit.seal.SealCheck} compares events, seals and anchors, and reads nothing itself. {@code GET /audit/verification}
 * gives it the newest events ({@link io.weekly.audit.seal.AuditVerification}), the command {@code verify-audit} all
 * ({@link io.weekly.audit.seal.VerifyAudit}). The command {@code prune-audit} ({@link io.weekly.audit.seal.AuditPruner}) removes the events
 * of old seals. In the same transaction it inserts a seal that says so. The seals themselves stay.
 *
 * <p><b>Invariants.</b> Whoever has full write access to the database, but not the key, cannot do these things unnoticed. This holds while
 * the seals are there: if somebody removes seals, the service seals the events that it finds then, so only the anchors show it.
 *
 * <ul>
 *   <li>change any column of a sealed event ({@code TamperingTest.aChangedColumnIsNoticed}, {@code
 *       TamperingTest.allColumnsOfTheTableAreSealed})
 *   <li>delete one ({@code TamperingTest.aDeletedEventIsNoticed})
 *   <li>insert one into a sealed range ({@code TamperingTest.anInsertedEventIsNoticed}), or below all ranges ({@code
 *       TamperingTest.anEventWithAnIdThatTheDatabaseNeverGivesIsNoticed})
 *   <li>swap two ({@code TamperingTest.swappedEventsAreNoticed})
 *   <li>change, remove or replace a seal ({@code TamperingTest.aChangedColumnOfASealIsNoticed}, {@code
 *       TamperingTest.aRemovedSealIsNoticed}, {@code TamperingTest.sealsMadeAnewWithAnotherKeyAreNoticed})
 *   <li>change the tables so that an event is overlooked ({@code TamperedTablesTest.aChangedTableIsNoticed}, {@code
 *       TamperedTablesTest.aViewInThePlaceOfATableIsNoticed}). A migration that changes them must change {@link
 *       io.weekly.audit.seal.TrailTables} too ({@code TamperedTablesTest.theTablesAreAsTheMigrationsMakeThem})
 *   <li>delete events and claim that they were pruned ({@code TamperingTest.deletedEventsAreNotExplainedByAPruningThatNobodySigned},
 *       {@code PruneAuditTest.moreThanWasPrunedIsNoticed})
 *   <li>put an event where one was pruned ({@code PruneAuditTest.anEventThatAppearsInAPrunedRangeIsNoticed})
 * </ul>
 *
 * <p>With the anchors, these are noticed too: the newest events were removed together with their seals ({@code
 * TamperingTest.theNewestEventsRemovedWithTheirSealsAreNoticedByTheAnchors}), and seals were removed so that the service sealed changed
 * events again ({@code TamperingTest.changedEventsThatTheServiceSealsAgainAreNoticedByTheAnchors}). Whoever has the key too can make all
 * seals anew, and is noticed in the same way. Anchors that were named and cannot be compared make no verdict valid ({@code
 * AnchorsTest.withoutTheAnchorsThatWereAskedForNothingIsValid}). Processes that seal at the same time make one chain ({@code
 * SealerTest.processesThatSealAtTheSameTimeMakeOneChain}). Pruning keeps the trail valid ({@code
 * PruneAuditTest.theEventsOfOldSealsGoAndTheTrailStaysValid}).
 *
 * <p><b>What is not noticed.</b> A change of an event before it is sealed. An event that is inserted at the end, or, for an hour after its
 * range was sealed ({@code weekly.audit.late}), in a gap: it looks like one of the service, and is sealed as one; in a gap, as a late one.
 * Whoever can change the anchors too can remove the newest events; with the key too, everything.
 *
 * <p><b>Failure cases.</b> A seal is one transaction. If the process dies before its commit, the next pass makes it; after it, the first
 * pass of the next process writes the line of the newest seal to the log again. The folder itself says which seals it lacks, so they are
 * written with the next pass ({@code AnchorsTest.whatCouldNotBeWrittenIsWrittenTheNextTime}). Without a key there are no seals, and the
 * verification says so ({@code SealerTest.withoutAKeyNothingIsSealed}). If no process seals, the metric {@code
 * weekly_audit_unsealed_age_seconds} rises, and the next pass looks for late events in the ranges of the last hour before the newest seal.
 */
@NullMarked
package io.weekly.audit.seal;

import org.jspecify.annotations.NullMarked;
