package io.weekly.chaos;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The mail server's own record, which the application's is held against. */
final class Inbox {

    /** By address: the mails that it received whole and did not refuse, so those that a person may find. */
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

    /** It hung up, or said nothing more, in the middle of a dialogue; {@code address} is empty where it had not been told yet. */
    void leftWithoutReply(String address) {
        if (address.isEmpty()) {
            leftBeforeTheRecipient.incrementAndGet();
        } else {
            brokenOff.add(address);
        }
    }

    /** The client went away in the middle of a dialogue: it was killed, or has waited long enough. */
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

    /** SHA-256 in hex of what was attached to the mails for this address. */
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
