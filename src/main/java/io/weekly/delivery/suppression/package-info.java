/**
 * Addresses that get no mail of a tenant, and the choices of readers who have no account.
 *
 * <p><b>Model.</b> A suppression stops all mail of one tenant to one address ({@link io.weekly.delivery.suppression.Suppressions}). A
 * reply of a mail system, a complaint of the reader, or a user of the API causes it. An admin of the tenant lifts it ({@link
 * io.weekly.delivery.suppression.TenantSuppressions}). Both stages look it up before they begin. If they find one, the report ends as
 * {@code suppressed}.
 *
 * <p>A full mailbox is a soft bounce ({@link io.weekly.delivery.suppression.SoftBounces}). It suppresses the address only after some weeks
 * in a row. A week is the ISO week of the report. A week without a soft bounce ends the row, even if no mail was sent in it. Weeks whose
 * mails were sent together count once.
 *
 * <p>A reader without an account has the token of a mail ({@link io.weekly.delivery.suppression.UnsubscribeTokens}). The reader's choice is
 * stored in the preferences of the recipient, which the platform can read and change too ({@link
 * io.weekly.delivery.suppression.Subscriptions}).
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>Only a reply about the address suppresses it at once:
 *     {@code DeliverReportSuppressionTest.anAddressThatDoesNotExistIsSuppressedForThisTenantOnly},
 *     {@code DeliverReportSuppressionTest.noOtherReplySuppressesAnAddress}</li>
 * <li>Only weeks in a row suppress a full mailbox: {@code SoftBouncesTest.threeWeeksInARowSuppressTheAddressOverTheYearEndToo},
 *     {@code SoftBouncesTest.aWeekWithoutASoftBounceBeginsTheCountAnew},
 *     {@code SoftBouncesTest.severalReportsOfOneWeekCountOnce}</li>
 * <li>Weeks that were mailed together count once: {@code SoftBouncesTest.weeksThatWereMailedOnOneDayDoNotSuppressAnAddress}</li>
 * <li>News of an arrival, in any order, deletes no other week:
 *     {@code SoftBouncesTest.mailsThatFirstArriveAndThenMeetAFullMailboxCount},
 *     {@code SoftBouncesTest.newsOfAnEarlierArrivalChangesNothing}</li>
 * <li>What a relay accepts does not hide what was said later: {@code SoftBouncesTest.whatARelayAcceptsDoesNotClearWhatWasSaidLater}</li>
 * <li>No mail goes to a suppressed address, even if its report is in the queue already:
 *     {@code SuppressionResourceTest.reportsToASuppressedAddressEndAsSuppressedAndSayHowToLiftIt},
 *     {@code SuppressionResourceTest.aReportInTheQueueFollowsASuppressionAndANewDeliveryFollowsItsEnd}</li>
 * <li>A GET changes nothing: {@code UnsubscribeResourceTest.readingThePageChangesNothing}</li>
 * <li>Only tokens that the service made do anything, and the answer to others is always the same:
 *     {@code UnsubscribeTokensTest.noAlteredTokenIsGenuine},
 *     {@code DeadUnsubscribeAddressTest.everyAddressThatDoesNotWorkGetsTheSameAnswer}</li>
 * <li>Nothing of an erased person is left: {@code PersonErasuresTest.nothingThatNamesThePersonIsLeft}</li>
 * </ul>
 *
 * <p><b>Failure cases.</b> The suppression is written in the transaction that ends the report, so neither exists without the other. If an
 * address is suppressed during the dialogue of a mail, that mail is still sent. If the key of a token is not configured any more, the token
 * is unknown. If no key is set any more when a composed mail is delivered, the delivery fails with that reason.
 */
@NullMarked
package io.weekly.delivery.suppression;

import org.jspecify.annotations.NullMarked;
