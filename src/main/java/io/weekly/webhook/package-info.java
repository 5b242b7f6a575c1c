/**
 * Webhooks: sends messages about events to endpoints of tenants, in the form of Standard Webhooks (standardwebhooks.com).
 * docs/webhooks.md is for those who receive them.
 *
 * <p><b>Model.</b> {@link io.weekly.webhook.EventOutbox} listens to the audit log. It writes a message for each endpoint that wants an
 * event into the table {@code webhook_message}, in the transaction of the event. The body is written then, so all attempts send the same
 * bytes. {@link io.weekly.webhook.WebhookSender} looks for endpoints with due messages, in all processes. For each of them {@link
 * io.weekly.webhook.EndpointDrain} claims some messages, sends a few at a time with {@link io.weekly.webhook.WebhookClient}, and writes how
 * they ended with {@link io.weekly.webhook.AttemptEndings}. A message has one of three states ({@link io.weekly.webhook.MessageState}).
 *
 * <p>A claim is a lease of three minutes with a token, by the time of the database. A turn is much shorter, so no request begins in the
 * last minute of a lease. So a message is sent twice only if a process was killed, or could not reach the database, between the answer and
 * the end of the transaction that records it. Receivers recognise such a message by its {@code webhook-id}. The order of messages is not
 * guaranteed.
 *
 * <p><b>Fairness.</b> A pass reads endpoints and not messages. An endpoint has at most four requests at a time in a process, and a
 * tenant at most four endpoints. After ten seconds an endpoint gives its slot back, and each pass offers free slots in random order. An
 * endpoint that fails five times in a row gets one message at a time, after a pause ({@link io.weekly.webhook.EndpointHealth}).
 *
 * <p><b>Addresses.</b> Tenants choose the addresses, so an address could lead into the network of the service. {@link
 * io.weekly.webhook.WebhookUrl} reads the text. {@link io.weekly.webhook.EndpointAddresses} looks up the host and checks its address before
 * each request, and the request goes to the address that was checked. {@link io.weekly.webhook.AddressRules} has the ranges.
 *
 * <p><b>Persons.</b> A payload has the user id of a recipient and nothing else about it. The text of an error may quote an address, so
 * only the codes of a mail server's reply are in it. A message is deleted with the person that it names.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>A message exists if and only if its event does ({@code EventOutboxTest.aRollbackLeavesNoMessage}).
 *   <li>No message is lost, and none is sent twice while all processes live ({@code
 *       EndpointDrainTest.twoSendersAtOnceLoseNothingAndSendNothingTwice}). What a dead process has claimed is sent by another ({@code
 *       EndpointDrainTest.whatADeadProcessHasClaimedIsSentWhenItsLeaseIsOver}).
 *   <li>After a process was killed, each committed event arrives with its id, and none of a transaction that was open ({@code
 *       WebhookCrashIT.killedWhileItSendsEveryCommittedEventArrivesWithItsIdAndNoOtherDoes}).
 *   <li>A request goes only to an address that was checked, whatever the name leads to later ({@code
 *       WebhookClientTest.aNameThatIsReboundToAPrivateAddressGetsNothing}), and never to where a redirect points ({@code
 *       WebhookClientTest.redirectsAreNotFollowed}).
 *   <li>Only endpoints of the event's tenant get it ({@code EventOutboxTest.anEventIsAMessageForEachEndpointThatWantsIt}).
 *   <li>A slow endpoint delays no other ({@code EndpointDrainTest.aSlowEndpointDelaysNoOther}), and a busy one does not keep its slot
 *       ({@code SenderTurnsTest.busyEndpointsShareTheOnlySlot}).
 *   <li>No answer but one has the secret, and the database has it only encrypted ({@code
 *       WebhookResourceTest.onlyTheFirstAnswerHasTheSecretAndTheDatabaseHasItEncrypted}).
 * </ul>
 *
 * <p><b>Failure cases.</b> If the database is away, nothing is claimed. Endings that could not be written are written when it is back. If
 * the key of a secret is missing, the messages of its endpoint wait, and the log says so once a day. If a receiver is away, its messages
 * are tried again for a day. If messages cannot be written into the outbox, the transaction of the event fails. A receiver cannot cause
 * that, because this transaction sends no request.
 */
@NullMarked
package io.weekly.webhook;

import org.jspecify.annotations.NullMarked;
