/**
 * Classifies what mail systems say about a mail.
 *
 * <p><b>Model.</b> A {@link io.weekly.delivery.reply.MailReply} comes by one of three routes: from the mail server in the dialogue, in a
 * delivery status notification, or in an event of a provider. Behind a relay, the reply of the recipient's server comes only by the last
 * two.
 * {@link io.weekly.delivery.reply.ReplyClassifier} gives each of them one {@link io.weekly.delivery.reply.ReplyClass}, by the same rules:
 * the enhanced status, then the code with the step, then patterns of text. The table is in docs/replies.md.
 *
 * <p><b>Failure cases.</b> A reply that is not clear, or whose lines contradict each other, is about us
 * ({@link io.weekly.delivery.reply.ReplyClass#SENDER}). If the service took one reply of a large provider for one about the address, it
 * would suppress all addresses of this provider within one run. The opposite error costs some more attempts.
 *
 * <p><b>Invariants</b>, each with the tests that check it.
 *
 * <ul>
 * <li>Only a status or a text about the address, and no reply before the recipient was named, makes a bounce:
 *     {@code ReplyClassifierTest.eachReplyHasItsClass}, {@code ReplyClassifierTest.noReplyBeforeTheRecipientIsAboutTheAddress}</li>
 * <li>A status about the address loses to words about us, a size or a full mailbox, and common replies about an address keep their class:
 *     the cases of {@code ReplyClassifierTest.eachReplyHasItsClass}</li>
 * <li>A refused login pauses no domain: {@code DomainStreakTest.aBounceAndARefusalOfOurOwnServerSayNothingAboutADomain}</li>
 * <li>What a reply quotes decides nothing: {@code ReplyClassifierTest.quotedAddressesDecideNothing}</li>
 * <li>A line about us outweighs all others: {@code ReplyClassifierTest.aLineAboutUsOutweighsTheOthers}</li>
 * <li>A temporary code never becomes a bounce: {@code ReplyClassifierTest.noTemporaryReplyIsAboutTheAddress}</li>
 * <li>Hostile text costs little time: {@code ReplyClassifierTest.longTextIsReadInAShortTime}</li>
 * </ul>
 */
@NullMarked
package io.weekly.delivery.reply;

import org.jspecify.annotations.NullMarked;
