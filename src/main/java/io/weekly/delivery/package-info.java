/**
 * Hands mails to the mail server, and records the replies of the server.
 *
 * <p><b>Model.</b> A delivery is one hand-over of a report to the mail server. It has one attempt or several. All attempts have the same
 * Message-ID, so a mail program can recognise the second copy of a mail. One attempt is one dialogue (SMTP session) with the mail server.
 * No transaction can include both SMTP and the database: if the process dies after the server's last reply and before our commit, we do not
 * know whether the mail was sent. So each attempt first marks its job as handing over (column {@code handing_over}) and commits that. If
 * the attempt then ends without a reply, its outcome is <i>unknown</i>. We assume neither that the mail was sent nor that it was not.
 *
 * <p>A deferred mail is tried again after a pause. The pause is that of the queue and becomes longer after each dialogue. The report fails
 * if its mail is still deferred when {@code weekly.delivery.defer-for} has passed since the first dialogue, or since a user requested a
 * retry. A deferral does not count as an attempt of the job, because nothing failed on our side.
 *
 * <table>
 * <caption>What the end of a dialogue means for the mail (second column) and for the server as a whole (third column); see
 * {@link io.weekly.delivery.HandOver} and, for what a reply is about, {@link io.weekly.delivery.reply}. If the server refuses service, the
 * deliver lane reduces its slots. If the server takes mails, the lane adds slots</caption>
 * <tr><td>2xx after the data</td><td>accepted</td><td>takes mails</td></tr>
 * <tr><td>5xx about the address</td><td>rejected: this recipient only, permanently</td><td>takes mails</td></tr>
 * <tr><td>5xx to the recipient or the data that is about the sender or the mail, or is not clear</td>
 *     <td>deferred; five in a row pause the recipient's domain</td><td>takes mails</td></tr>
 * <tr><td>a mail that is too large (RFC 1870): 552, or larger than the size in the server's reply to EHLO</td>
 *     <td>sent again at once with a link; failed if it has no files or no link is possible</td><td>takes mails</td></tr>
 * <tr><td>4xx because the recipient's domain wants fewer mails</td><td>deferred; the domain gets its mails slowly</td>
 *     <td>says nothing</td></tr>
 * <tr><td>4xx to the recipient or the data (RFC 5321, 4.2.1): greylisting, a full mailbox</td><td>deferred: tried again later</td>
 *     <td>says nothing</td></tr>
 * <tr><td>421 or 454 at any step (RFC 5321, RFC 3207, RFC 4954, SES' throttling), status 4.3.x or 4.4.5 (RFC 3463)</td><td>deferred</td>
 *     <td>refuses service</td></tr>
 * <tr><td>other 4xx or 5xx before the recipient: greeting, EHLO, STARTTLS, login, sender</td><td>deferred: it is about the service, not an
 *     address</td><td>refuses service</td></tr>
 * <tr><td>no connection, no encryption, no login</td><td>deferred: the server has received nothing</td><td>refuses service</td></tr>
 * <tr><td>a mail that our SMTP client refuses to send</td><td>deferred: the server has received nothing</td><td>says nothing</td></tr>
 * <tr><td>a timeout, a lost connection, any other end without a reply</td><td>unknown: {@code weekly.delivery.on-unknown}
 *     decides</td><td>refuses service</td></tr>
 * </table>
 *
 * <p><b>Domains.</b> {@code mail_domain} has a row for each domain of recipients that has refused the sender since its last accepted mail,
 * is paused, or has a limit. All processes share it. {@link io.weekly.delivery.DomainReplies} writes it with the ends of the dialogues.
 * {@link io.weekly.delivery.MailDomains} reads it at most once in two seconds, and permits one probe of a paused domain at a time. If the
 * process dies after it took a probe or a turn, the next one is due after the pause. A report that waits for a domain goes back to the
 * queue and uses no slot. {@code put_off_at} of its delivery is the time since which it waits. Behind a relay, the refusals come
 * later, and an accepted dialogue says nothing about the domain: {@link io.weekly.delivery.LateDomainReplies} has the rules for that.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>No mail is sent without a valid lease, and the lease is longer than the longest dialogue:
 *     {@code LeasesTest.aLostLeaseCannotBeExtendedReleasedOrHandedOver}, {@code LeasesTest.aRenewalDoesNotShortenTheLeaseOfADialogue}</li>
 * <li>A reply is a definite outcome. A rejection counts against the recipient only if the server refused the recipient or the mail:
 *     {@code HandOverTest.aReplyIsDefiniteAndIsAboutTheRecipientOnlyIfTheMailWasRefused},
 *     {@code DeliverReportTest.aRefusedAddressBouncesForThatRecipientOnly}</li>
 * <li>Refusals of the sender never bounce a report. They pause the domain in all processes, and an accepted probe opens it again:
 *     {@code DomainPauseTest.aDomainThatRefusesTheSenderIsPausedAndAnAcceptedProbeOpensItAgain},
 *     {@code DomainPauseTest.onlyOneProbeIsSentAfterEachPause},
 *     {@code DomainStreakTest.refusalsCountInARowByTheTimeAtWhichTheDialoguesEnded}</li>
 * <li>Late refusals pause the domain, although a relay accepts its mails. It is open again when no refusal comes between two probes:
 *     {@code LateDomainRepliesTest.theFifthLateRefusalPausesTheDomainAlthoughTheRelayTakesItsMails},
 *     {@code LateDomainRepliesTest.aDomainIsOpenAgainWhenNoRefusalCameBetweenTwoProbes},
 *     {@code LateDomainRepliesTest.aDomainThatRefusesSomeOfManyMailsIsNotPaused}</li>
 * <li>A probe without a reply of its domain does not make the pause longer:
 *     {@code DomainPauseTest.aProbeWithoutAReplyOfTheDomainDoesNotDoubleThePause}</li>
 * <li>A report for a paused domain waits without a dialogue, and not for longer than a deferred one:
 *     {@code DomainPauseTest.aReportForAPausedDomainWaitsWithoutADialogueAndFailsWhenItsTimeIsOver}</li>
 * <li>Every reply means what docs/replies.md says, from a real server:
 *     {@code HandOverRepliesTest.aReplyInADialogueMeansWhatTheTableSays}</li>
 * <li>A mail that is too large is sent with a link: {@code MailTooLargeTest.aMailThatTheServerFindsTooLargeIsSentAgainAtOnceWithALink}</li>
 * <li>If a mail may have been sent twice, its delivery is flagged. The service never sends it a third time unless a person requests that:
 *     {@code DeliverReportTest.aDialogueThatIsCutAfterTheDataIsFlaggedAndSentOnceMore},
 *     {@code DeliverReportTest.aSecondUnknownIsHeldForAPerson},
 *     {@code CrashIT.killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged}</li>
 * <li>The mark of an unfinished dialogue stays on the job until an attempt has decided what it means:
 *     {@code LeasesTest.theMarkOfAnUnfinishedDialogueSurvivesARescue},
 *     {@code DeliverReportTest.theMarkOfAnUnfinishedDialogueSurvivesALaterFailure}</li>
 * <li>A failed delivery never makes the service render the report again:
 *     {@code DeliverReportTest.aDeferredMailIsSentAgainAndNothingIsRenderedAgain}</li>
 * <li>A deferral does not count as an attempt. After {@code weekly.delivery.defer-for} the report fails, with the last reply of the server
 *     as its reason: {@code DeliverReportTest.aDeferralCostsNoAttemptAndTheReportSaysWhyItWaits},
 *     {@code DeliverReportTest.aMailThatWasDeferredForADayFailsWithTheLastReply},
 *     {@code DeliveriesTest.aDeliveryIsTriedSinceItsFirstDialogue},
 *     {@code DeliveriesTest.aRequestedDeliveryIsTriedSinceItsFirstDialogue}</li>
 * <li>A mail without a send time costs no attempt: {@code DeliveriesTest.aDialogueThatDidNotBeginDoesNotCount}</li>
 * <li>If the mail with a link is not sent, the reply to the mail with the files is kept:
 *     {@code DeliveryPolicyTest.theReplyOfTheFirstDialogueIsKeptIfTheSecondOneDoesNotBegin}</li>
 * <li>A temporary reply about one recipient or one mail changes nothing about the number of slots:
 *     {@code HandOverTest.aReplyAboutOneRecipientSaysNothingAboutTheServer}</li>
 * <li>If a server stops answering, its connection is closed shortly after the longest time of a dialogue:
 *     {@code MailSenderTest.aSilentServerKeepsNoConnectionForLongerThanADialogueMayLast}</li>
 * <li>Dialogues on new connections never hang because the client listens too late: {@code MailSenderTest.noGreetingOfTheServerIsLost}</li>
 * <li>If a server cannot be reached, the mail was certainly not sent. This also holds if the network drops packets:
 *     {@code MailSenderUnreachableServerTest.aServerThatCannotBeReachedMeansADeferral}</li>
 * <li>The reply of an accepted mail is that to this mail, or none:
 *     {@code ServerRepliesTest.eachMailHasItsOwnReply},
 *     {@code ServerRepliesTest.aReplyThatMayBelongToSomethingElseIsNotReported},
 *     {@code ServerRepliesTest.aMailThatAnEarlierAttemptSentAsWellHasNoReply}</li>
 * <li>Lines that are collected into packets are sent without another write, in their order, and a slow server holds the client back:
 *     {@code LineCollectorTest.aCommandGoesWithoutAnotherWrite}, {@code LineCollectorTest.aSlowNetworkHoldsTheClientBack},
 *     {@code ServerRepliesTest.aMailArrivesAsItWasWritten}</li>
 * <li>All processes together never hand over more mails in a second than the send rate and a tenth:
 *     {@code SendRateTest.processesShareTheRateAndNoSecondSeesMore}, {@code SendRateTest.aMailThatIsLateTakesAnotherTime},
 *     {@code SendTurnTest.theServerHearsNothingOfAMailBeforeItsTurn},
 *     {@code SharedRateProcessBench.noSecondSeesMoreThanTheRate}</li>
 * <li>Subject and sender arrive as they were written, in any script, and cannot end a header:
 *     {@code MailSenderHeadersTest.subjectAndSenderArriveUnchangedOnShortLines},
 *     {@code HeaderTextTest.noTextMakesALongLineOrASecondHeader}, {@code SenderNameTest.noNameEndsTheHeaderOrChangesTheAddress}</li>
 * <li>A mail has no empty header, difficult local parts arrive unchanged, and other headers cannot add a header:
 *     {@code MailSenderHeadersTest.aMailHasNoEmptyHeaderAndNoneForOthersWhoGetIt},
 *     {@code MailSenderHeadersTest.difficultLocalPartsArriveUnchanged},
 *     {@code MailSenderHeadersTest.moreHeadersArriveAsGivenAndCannotAddOthers}</li>
 * <li>A DKIM signature verifies, and covers the headers for unsubscribing:
 *     {@code MailSenderDkimTest.aReportMailIsSignedWithAllHeadersThatMatter}</li>
 * <li>The service does not start with a sender that would break the From header: {@code SenderAddressTest}, {@code MailSettingsTest}</li>
 * </ul>
 *
 * <p><b>The reply.</b> Mail servers often put an id in their reply to a mail, and later bounces have that id too. So the reply is kept with
 * the delivery ({@link io.weekly.delivery.ReplyListener}). If it is uncertain to which mail a reply belongs, it is not kept.
 *
 * <p><b>The send rate.</b> Each mail has a send time, and no two mails of all processes have the same one
 * ({@link io.weekly.delivery.SendRate}). The mark is committed, and the connection opened, shortly before the send time. Right before its
 * command MAIL, the dialogue waits for the time ({@link io.weekly.delivery.SendTurn}). So the mail waits neither for the database nor for
 * TLS and the login. If a mail gets no send time within five seconds, it was certainly not sent. The attempt does not count then, and the
 * time for deferrals does not begin.
 *
 * <p><b>A server that stops answering.</b> {@link io.weekly.delivery.MailSender} ends a dialogue after {@code weekly.delivery.timeout}. A
 * connection is closed when it has been silent for five seconds longer than that ({@link io.weekly.delivery.MailConnections}). The
 * attempt does not wait for it. The same limit applies to a connection that is kept for the next mail ({@code quarkus.mailer.keep-alive}).
 *
 * <p><b>What happens if the process dies here.</b> Before the commit that marks the job as handing over, nothing was sent. The job is tried
 * again when its lease has expired. After that commit, the lease expires later than the dialogue could have ended. The next worker finds
 * the mark and treats the attempt as unknown. With the default policy, {@code resend}, the mail is sent once more with the same Message-ID,
 * and its record says that it may be a second copy. With {@code hold} the report ends as unknown, and a person decides.
 */
@NullMarked
package io.weekly.delivery;

import org.jspecify.annotations.NullMarked;
