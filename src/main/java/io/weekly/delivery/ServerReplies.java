package io.weekly.delivery;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The replies of the mail server to the mails that this process is handing over. The mail client does not return them, so
 * {@link ReplyListener} reads them on the connection. The Message-ID leads from the connection to the attempt.
 *
 * <p>Several attempts can have the same Message-ID: two workers after a lost lease, or an attempt that timed out and whose dialogue goes
 * on. Then it is uncertain whose reply it is, and the attempts get none. The number of entries is the number of mails that are being handed
 * over.
 */
@Singleton
class ServerReplies {

    private final Map<String, Entry> entries = new HashMap<>();

    /** In bytes; 0 if the server has named none. */
    private long maxMailBytes;

    private record Entry(AwaitedReply reply, int attempts) {}

    /** An attempt to hand this mail over begins. It must {@link #end} in any case. */
    synchronized AwaitedReply begin(String messageId) {
        var there = entries.get(messageId);
        if (there == null) {
            there = new Entry(new AwaitedReply(), 0);
        } else {
            there.reply().markAmbiguous();
        }
        entries.put(messageId, new Entry(there.reply(), there.attempts() + 1));
        return there.reply();
    }

    /** A dialogue begins to send this mail. Empty if no attempt waits for the reply to it. */
    synchronized Optional<AwaitedReply> dialogueBegins(String messageId) {
        var reply = Optional.ofNullable(entries.get(messageId)).map(Entry::reply);
        reply.ifPresent(AwaitedReply::dialogueBegins);
        return reply;
    }

    /** An attempt ended. */
    synchronized void end(String messageId) {
        entries.computeIfPresent(messageId, (_, there) -> there.attempts() == 1 ? null : new Entry(there.reply(), there.attempts() - 1));
    }

    /** The server named the largest mail that it takes (SIZE, RFC 1870). There is one mail server, so it is the same on all connections. */
    synchronized void greeted(OptionalLong maxBytes) {
        maxMailBytes = maxBytes.orElse(0);
    }

    /** The largest mail that the server takes, in bytes; empty if it has named none, or if there was no dialogue yet. */
    synchronized OptionalLong maxMailBytes() {
        return maxMailBytes == 0 ? OptionalLong.empty() : OptionalLong.of(maxMailBytes);
    }

    /** The number of mails whose reply is awaited. */
    synchronized int size() {
        return entries.size();
    }
}
