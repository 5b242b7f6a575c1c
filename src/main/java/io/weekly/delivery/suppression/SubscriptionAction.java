package io.weekly.delivery.suppression;

import io.weekly.tenant.Preference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader can choose on the page of its mails. Each action can be repeated, and changes nothing the second time. */
public enum SubscriptionAction {
    /** No mails of this definition any more. It is what a mail program's own button means (RFC 8058). */
    STOP_REPORT,
    /** Mails of this definition again, unless another choice stops them. */
    RESUME_REPORT,
    /** No mails of any definition any more. */
    STOP_ALL,
    /** Mails again, except those of definitions that were stopped one by one. */
    RESUME_ALL,
    /** No mails for four weeks. */
    PAUSE,
    /** The end of the pause. */
    END_PAUSE;

    private static final Duration FOUR_WEEKS = Duration.ofDays(28);

    /** Its name in the form of the page. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The action with this name; empty if there is none. */
    public static Optional<SubscriptionAction> of(String text) {
        return Stream.of(values()).filter(action -> action.text().equals(text)).findFirst();
    }

    Preference apply(Preference before, String definition, Instant now) {
        var definitions = new ArrayList<>(before.unsubscribed());
        var all = before.isUnsubscribedFromAll();
        return switch (this) {
            case STOP_REPORT -> {
                definitions.add(definition);
                yield before.withMails(definitions, all, before.pausedUntil());
            }
            case RESUME_REPORT -> {
                definitions.remove(definition);
                yield before.withMails(definitions, all, before.pausedUntil());
            }
            case STOP_ALL -> before.withMails(definitions, true, before.pausedUntil());
            case RESUME_ALL -> before.withMails(definitions, false, before.pausedUntil());
            // A repeated request does not move the end, and a longer pause that the platform has set stays.
            case PAUSE -> before.withMails(definitions, all, pauseEnd(before, now));
            case END_PAUSE -> before.withMails(definitions, all, null);
        };
    }

    private static Instant pauseEnd(Preference before, Instant now) {
        var until = before.pausedUntil();
        return until != null && until.isAfter(now) ? until : now.plus(FOUR_WEEKS);
    }
}
