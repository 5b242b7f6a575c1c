/**
 * Receives what mail systems say about mails after the mail server accepted them, and corrects the reports.
 *
 * <p><b>Model.</b> Three sources become one {@link io.weekly.delivery.inbound.InboundEvent}: messages of mail systems ({@link
 * io.weekly.delivery.inbound.DsnReader}), events of Amazon SES by Amazon SNS ({@link io.weekly.delivery.inbound.SnsReceiver}), and JSON of
 * the operator's own programs ({@link io.weekly.delivery.inbound.GenericEvent}). {@code MailMatches} finds the delivery that the event is
 * about, by the Message-ID, the header {@code X-Weekly-Report}, or the id in the mail server's reply. An address alone is never enough. The
 * classifier of {@code delivery.reply} says what a bounce means, and {@code LateEffects} applies it. docs/inbound.md has the tables.
 *
 * <p><b>Trust.</b> A message of Amazon SNS is signed by a certificate from an SNS host. The two other sources share a secret with the
 * service. Anybody can send a message to a mail server's pipe. Such a message can change only a report whose id its author knows, and
 * suppress only the address to which the report was sent. Five such messages about mails of the
 * last day can pause a domain for some minutes.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 *   <li>A change of a report, its delivery, the suppression, the audit event and the memory of the event are one transaction, and the
 *       ledger of a finished run balances after it: {@code
 *       DsnInboundResourceTest.aDeliveredReportThatBouncesLaterIsBouncedAndItsFinishedRunSaysSo}
 *   <li>The first definite end counts, and a repeated event changes nothing: {@code
 *       DsnInboundResourceStatesTest.theFirstDefiniteEndCounts}, {@code DsnInboundResourceStatesTest.aRepeatedMessageChangesNothing},
 *       {@code SesInboundResourceTest.aMessageThatIsSentAgainChangesNothing}
 *   <li>Five refusals of the sender pause the domain of the recipients, with one event for operators: {@code
 *       LateDomainPauseTest.fiveLateRefusalsOfTheSenderPauseTheDomainWithOneEvent}
 *   <li>A mail that is too large is mailed once more with a link, and not a third time: {@code
 *       LateTooLargeTest.aMailThatIsTooLargeIsMailedOnceMoreWithALink}
 *   <li>Only a reply about the address suppresses it: {@code DsnInboundResourceTest.onlyAnAddressIsSuppressed}, {@code
 *       SesInboundResourceTest.eachTypeOfBounceHasItsMeaning}
 *   <li>An event about another address than the mail's changes nothing: {@code
 *       DsnInboundResourceTest.anotherRecipientIsNotTheOneOfTheMail}, {@code
 *       DsnInboundResourceNamesTest.aMemberOfAnAliasThatBouncesIsNotTheAlias}
 *   <li>What changed before the lock of the report is seen, so an erased person is not named again: {@code
 *       InboundEventsTest.aPersonWhoIsErasedMeanwhileIsNotNamedAgain}
 *   <li>No message of a stranger makes the service call another host than Amazon's, or trust a certificate from there: {@code
 *       AmazonAddressTest.noOtherHostIsCalled}, {@code SesInboundResourceTrustTest.aCertificateFromAnotherHostIsNeverRead}
 *   <li>No message, however damaged, fails or takes more than linear time: {@code DsnReaderTest.noDamagedMessageMakesItFail}, {@code
 *       DsnReaderTest.aLargeMessageTakesLinearTime}
 *   <li>An answer of a reader or a vacation notice is no bounce: {@code DsnReaderTest.whatReadersWriteIsNoBounce}
 * </ul>
 *
 * <p><b>Failures.</b> A bounce can be faster than the transaction that records the acceptance. Then nothing is stored, and the sender gets
 * a 503 and sends the event again. If the process dies before the commit, the sender has no answer, and sends it again too. If Amazon
 * cannot be reached, a message of SNS is a 503. An event of a delivery, a complaint or an earlier mail never waits.
 */
@NullMarked
package io.weekly.delivery.inbound;

import org.jspecify.annotations.NullMarked;
