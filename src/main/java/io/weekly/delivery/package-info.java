/**
 * Hands mails to the mail server, and records what it answered.
 *
 * <p><b>Model.</b> A delivery is one hand-over of a report, with as many attempts as it takes. Its Message-ID is the same in all attempts,
 * so that a mail which went out twice can be recognised. No transaction spans SMTP and a database: between the server's reply to the last
 * byte and our commit, nobody knows whether the mail went out. So each attempt first commits that a hand-over begins. Everything that then
 * ends without a reply is <i>unknown</i>: it is never assumed to be sent or not sent.
 *
 * <p>A deferred mail is tried again with the pauses of the queue, longer after each dialogue, until {@code weekly.delivery.defer-for} has
 * passed since the delivery began. This costs no attempt of the job, because nothing of ours has failed.
 *
 * <table>
 * <caption>What the end of a dialogue means for the mail, and for the server as a whole ({@link io.weekly.delivery.HandOver}). The deliver
 * lane has fewer slots if the server refuses service, and more if it takes mails</caption>
 * <tr><td>2xx after the data</td><td>accepted</td><td>takes mails</td></tr>
 * <tr><td>5xx to the recipient or the data; 552 to the sender, or a greeting that allows less (RFC 1870): too large</td>
 *     <td>rejected: this recipient only, permanently</td><td>takes mails</td></tr>
 * <tr><td>4xx to the recipient or the data (RFC 5321, 4.2.1): greylisting, a full mailbox</td><td>deferred: tried again later</td>
 *     <td>no sign</td></tr>
 * <tr><td>421 or 454 at any step (RFC 5321, RFC 3207, RFC 4954, SES' throttling), status 4.3.x or 4.4.5 (RFC 3463)</td><td>deferred</td>
 *     <td>refuses service</td></tr>
 * <tr><td>other 4xx or 5xx before the recipient: greeting, EHLO, STARTTLS, login, sender</td><td>deferred: it is about the service, not an
 *     address</td><td>refuses service</td></tr>
 * <tr><td>no connection, no encryption, no login</td><td>deferred: the server has seen nothing</td><td>refuses service</td></tr>
 * <tr><td>a mail that the client itself refuses to begin</td><td>deferred: the server has seen nothing</td><td>no sign</td></tr>
 * <tr><td>a time-out, a cut, anything else without a reply</td><td>unknown: policy decides</td><td>refuses service</td></tr>
 * </table>
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>Nothing goes out without a valid lease, and the lease outlasts the dialogue:
 *     {@code LeasesTest.aLostLeaseCannotBeExtendedReleasedOrHandedOver},
 *     {@code LeasesTest.aRenewalDoesNotShortenTheLeaseOfADialogue}</li>
 * <li>A reply is definite, and is about one recipient only if the server refused the recipient or the mail:
 *     {@code HandOverTest.aReplyIsDefiniteAndIsAboutTheRecipientOnlyIfTheMailWasRefused},
 *     {@code DeliverReportTest.aRefusedAddressBouncesForThatRecipientOnly}</li>
 * <li>A mail that may go out twice is flagged, and never goes out a third time without a person's decision:
 *     {@code DeliverReportTest.aDialogueThatIsCutAfterTheDataIsFlaggedAndSentOnceMore},
 *     {@code DeliverReportTest.aSecondUnknownIsHeldForAPerson},
 *     {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>The mark of an unfinished dialogue stays until an attempt has judged it:
 *     {@code LeasesTest.theMarkOfAnUnfinishedDialogueSurvivesARescue},
 *     {@code DeliverReportTest.theMarkOfAnUnfinishedDialogueSurvivesALaterFailure}</li>
 * <li>A failed delivery never makes the service render the report again:
 *     {@code DeliverReportTest.aDeferredMailIsSentAgainAndNothingIsRenderedAgain}</li>
 * <li>A deferral costs no attempt, and ends after {@code weekly.delivery.defer-for}; then the report has failed, with the last reply of the
 *     server: {@code DeliverReportTest.aDeferralCostsNoAttemptAndTheReportSaysWhyItWaits},
 *     {@code DeliverReportTest.aMailThatWasDeferredForADayFailsWithTheLastReply},
 *     {@code DeliveriesTest.aDeliveryIsTriedSinceItsFirstDialogue},
 *     {@code DeliveriesTest.aRequestedDeliveryIsTriedSinceItsFirstDialogue}</li>
 * <li>A reply about one recipient or one mail says nothing about what the server takes:
 *     {@code HandOverTest.aReplyAboutOneRecipientSaysNothingAboutTheServer}</li>
 * <li>A server that falls silent keeps no connection for longer than a dialogue may last:
 *     {@code MailSenderTest.aSilentServerKeepsNoConnectionForLongerThanADialogueMayLast}</li>
 * <li>If a server cannot be reached, the mail is certainly not out, also if packets are lost:
 *     {@code MailSenderUnreachableServerTest.aServerThatCannotBeReachedMeansADeferral}</li>
 * <li>Subject and sender arrive as they were written, in any script, and cannot end a header:
 *     {@code MailSenderHeadersTest.subjectAndSenderArriveUnchangedOnShortLines},
 *     {@code HeaderTextTest.noTextMakesALongLineOrASecondHeader},
 *     {@code SenderNameTest.noNameEndsTheHeaderOrChangesTheAddress}</li>
 * </ul>
 *
 * <p><b>A server that falls silent.</b> {@link io.weekly.delivery.MailSender} gives a dialogue up after {@code weekly.delivery.timeout}.
 * Five seconds later its connection is closed ({@link io.weekly.delivery.IdleTimeoutMailers}); nobody waits for that. A connection that is
 * kept for the next mail ({@code quarkus.mailer.keep-alive}) is closed after the same silence.
 *
 * <p><b>What happens if the process dies here.</b> Before the commit that says "handing over": nothing was sent, and the job is tried
 * again. After it: the lease expires later than the dialogue would have timed out. The next worker finds the mark and treats the attempt as
 * unknown. With the default policy, {@code resend}, the mail goes out once more with the same Message-ID, and its record says that it may
 * be the second one. With {@code hold} the report ends as unknown, and a person decides.
 */
@NullMarked
package io.weekly.delivery;

import org.jspecify.annotations.NullMarked;
