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
    private final Set<String> refusedForGood = ConcurrentHashMap.newKeySet();
    private final AtomicInteger withoutReply = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();

    void took(String address) {
        taken.merge(address, 1, Integer::sum);
    }

    void received(String address, String messageId) {
        messageIds.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet()).add(messageId);
    }

    void refusedForGood(String address) {
        refusedForGood.add(address);
    }

    /** It hung up, or said nothing more, in the middle of a dialogue. */
    void leftWithoutReply() {
        withoutReply.incrementAndGet();
    }

    /** The client went away in the middle of a dialogue. */
    void abandoned() {
        abandoned.incrementAndGet();
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

    boolean hasRefusedForGood(String address) {
        return refusedForGood.contains(address);
    }

    int dialoguesLeftWithoutReply() {
        return withoutReply.get();
    }

    int dialoguesAbandoned() {
        return abandoned.get();
    }
}
