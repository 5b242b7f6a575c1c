package io.weekly.chaos;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the mail server has seen. The tests compare the records of the application with it. */
final class Inbox {

    /** By address: the number of complete mails that it did not refuse, so a person may get them. */
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> messageIds = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> attachments = new ConcurrentHashMap<>();
    private final Set<String> refusedForGood = ConcurrentHashMap.newKeySet();
    private final Set<String> brokenOff = ConcurrentHashMap.newKeySet();
    private final AtomicInteger leftBeforeTheRecipient = new AtomicInteger();

    void took(String address) {
        taken.merge(address, 1, Integer::sum);
    }

    void received(String address, ReceivedMail mail) {
        messageIds.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet()).add(mail.messageId());
        attachments.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet()).addAll(mail.attachments());
    }

    void refusedForGood(String address) {
        refusedForGood.add(address);
    }

    /** The server closed the connection, or sent no reply. {@code address} is empty if it did not know the recipient yet. */
    void leftWithoutReply(String address) {
        if (address.isEmpty()) {
            leftBeforeTheRecipient.incrementAndGet();
        } else {
            brokenOff.add(address);
        }
    }

    /** The client disconnected in the middle of a dialogue, because it was killed or because of a timeout. */
    void abandoned(String address) {
        if (!address.isEmpty()) {
            brokenOff.add(address);
        }
    }

    int taken(String address) {
        return taken.getOrDefault(address, 0);
    }

    int mails() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    Set<String> messageIds(String address) {
        return messageIds.getOrDefault(address, Set.of());
    }

    /** The SHA-256, in hex, of the files in the mails for this address. */
    Set<String> attachments(String address) {
        return attachments.getOrDefault(address, Set.of());
    }

    boolean hasRefusedForGood(String address) {
        return refusedForGood.contains(address);
    }

    Set<String> brokenOff() {
        return Set.copyOf(brokenOff);
    }

    int leftBeforeTheRecipient() {
        return leftBeforeTheRecipient.get();
    }
}
