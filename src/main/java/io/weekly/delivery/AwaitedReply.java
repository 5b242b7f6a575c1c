package io.weekly.delivery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reply of the mail server to one mail, for one attempt to hand it over. It is known only if exactly one dialogue sent this mail: the
 * reply is used to find the mail again when it bounces, so a wrong one is worse than none.
 */
final class AwaitedReply {

    private int dialogues;
    private boolean ambiguous;
    private @Nullable String text;

    /** A dialogue sends the mail. */
    synchronized void dialogueBegins() {
        dialogues++;
    }

    /** A second attempt with the same Message-ID began at the same time. */
    synchronized void markAmbiguous() {
        ambiguous = true;
    }

    /** The server took the mail, with this reply. */
    synchronized void reply(String reply) {
        text = reply;
    }

    /** The reply, bounded and on one line; empty if it cannot be determined. */
    synchronized Optional<String> text() {
        return ambiguous || dialogues != 1 ? Optional.empty() : Optional.ofNullable(text);
    }
}
