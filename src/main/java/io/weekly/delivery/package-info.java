/**
 * Hands reports to the mail server, and keeps what it said.
 *
 * <p><b>Model.</b> A delivery is one hand-over of a report with as many attempts as it takes; its Message-ID stays the same through all
 * of them, so that a mail which went out twice can be recognised. SMTP has no transaction that spans it and a database: between the
 * server's reply to the last byte and our commit there is a moment in which nobody knows. So it is said before that the hand-over begins,
 * committed, and everything that ends without a reply after that is <i>unknown</i>, never assumed to be one or the other.
 *
 * <p>A deferral is tried again with the queue's pauses, longer with each dialogue, until it has lasted {@code weekly.delivery.defer-for}
 * since the delivery began; it costs no attempt of the job, for nothing of ours has failed.
 *
 * <table>
 * <caption>What the dialogue's end means for the mail, and for the server as a whole ({@link io.weekly.delivery.HandOver}): the deliver
 * lane has fewer places when the service is refused, and more when mails are taken</caption>
 * <tr><td>2xx after the data</td><td>accepted</td><td>takes mails</td></tr>
 * <tr><td>5xx to the recipient or the data; 552 to the sender, or a greeting that allows less (RFC 1870): too large</td>
 *     <td>rejected: this recipient only, for good</td><td>takes mails</td></tr>
 * <tr><td>4xx to the recipient or the data (RFC 5321, 4.2.1): greylisting, a full mailbox</td><td>deferred: tried again later</td>
 *     <td>no sign</td></tr>
 * <tr><td>421 or 454 at any step (RFC 5321, RFC 3207, RFC 4954, SES' throttling), status 4.3.x or 4.4.5 (RFC 3463)</td><td>deferred</td>
 *     <td>refuses service</td></tr>
 * <tr><td>other 4xx or 5xx before the recipient: greeting, EHLO, STARTTLS, login, sender</td><td>deferred: it concerns the service, not an
 *     address</td><td>refuses service</td></tr>
 * <tr><td>no connection, no encryption, no login</td><td>deferred: the server has seen nothing</td><td>refuses service</td></tr>
 * <tr><td>a mail that the client itself refuses to begin</td><td>deferred: the server has seen nothing</td><td>no sign</td></tr>
 * <tr><td>a time-out, a cut, anything else without a reply</td><td>unknown: policy decides</td><td>refuses service</td></tr>
 * </table>
 *
 * <p><b>Invariants</b>, each with the tests that hold it.
 *
 * <ul>
 * <li>Nothing goes out without a valid lease, and the lease outlasts the dialogue:
 *     {@code LeasesTest.whoLostItsLeaseCannotExtendReleaseOrHandOver},
 *     {@code LeasesTest.theHeartbeatDoesNotShortenTheLeaseOfADialogue}</li>
 * <li>A reply is definite, and concerns that recipient only:
 *     {@code HandOverTest.aReplyIsDefiniteAndConcernsTheRecipientOnlyWhereTheMailWasRefused},
 *     {@code DeliveryTest.aRefusedAddressBouncesForThatRecipientOnly}</li>
 * <li>What may go out twice is flagged, and never goes out a third time by itself:
 *     {@code DeliveryTest.aDialogueThatIsCutAfterTheDataIsFlaggedAndSentOnceMore},
 *     {@code DeliveryTest.aSecondUnknownIsHeldForSomebodyToDecide},
 *     {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>The mark of a dialogue that nobody saw the end of stays until somebody has judged it:
 *     {@code LeasesTest.theMarkOfADialogueSurvivesTheRescue},
 *     {@code DeliveryTest.aMarkThatNobodySawTheEndOfOutlivesAFailureBeforeTheNextDialogue}</li>
 * <li>A delivery that failed renders nothing again: {@code DeliveryTest.aDeferredMailIsSentAgainAndNothingIsRenderedAgain}</li>
 * <li>A deferral uses up no attempt, and a day of it at most; then it stays, with the server's words:
 *     {@code DeliveryTest.aMailMayBeDeferredMoreOftenThanThereAreAttemptsAndSaysWhyItWaits},
 *     {@code DeliveryTest.aMailThatWasDeferredForADayFailsWithTheServersLastWords},
 *     {@code DeliveriesTest.aDeliveryIsTriedSinceItsFirstHandOver},
 *     {@code DeliveriesTest.aDeliveryThatWasOnlyAskedForIsTriedSinceItIsHandedOver}</li>
 * <li>What is about one recipient or one mail is no sign of what the server takes:
 *     {@code HandOverTest.aReplyAboutOneRecipientIsNoSignOfWhatTheServerTakes}</li>
 * <li>A server that falls silent keeps no connection for longer than a dialogue may last:
 *     {@code PostboxTest.aServerThatFallsSilentKeepsNoConnectionForLongerThanADialogueMayLast}</li>
 * <li>A server that cannot be reached has seen nothing, also where packets vanish:
 *     {@code UnreachableMailServerTest.whoeverWasNeverReachedHasSeenNothingOfTheMail}</li>
 * <li>Subject and sender arrive as they were written, in any script, and end no header:
 *     {@code LetterHeadersTest.subjectAndSenderArriveLetterByLetterOnShortLines},
 *     {@code HeaderTextTest.noTextMakesALongLineOrAnotherHeader},
 *     {@code SenderNameTest.noNameEndsTheHeaderOrChangesTheAddress}</li>
 * </ul>
 *
 * <p><b>A server that falls silent.</b> {@link io.weekly.delivery.MailSender} gives up on a dialogue after {@code weekly.delivery.timeout};
 * five seconds later its connection is closed ({@link io.weekly.delivery.IdleTimeoutMailers}), which nobody waits for any more. A connection
 * that is kept for the next mail ({@code quarkus.mailer.keep-alive}) is closed after the same silence.
 *
 * <p><b>What happens when it dies here.</b> Before the commit that says "handing over": nothing was sent, the job is tried again. After
 * it: the lease runs out past the time-out of the dialogue, the next worker finds the mark and treats the attempt as unknown. With {@code
 * resend}, the policy by default, the mail goes out once more with the same Message-ID and its record says that it may be the second;
 * with {@code hold} the report ends as unknown and somebody decides.
 */
package io.weekly.delivery;
