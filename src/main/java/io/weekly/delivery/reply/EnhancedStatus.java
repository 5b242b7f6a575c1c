package io.weekly.delivery.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An enhanced status {@code class.subject.detail} (RFC 3463, and its registry at IANA).
 *
 * @param severity 2, 4 or 5
 * @param subject 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 security and policy
 */
record EnhancedStatus(int severity, int subject, int detail) {

    /**
     * Where a line of a reply has its status: at its beginning, or marked by "#" or brackets, as qmail and others do it. Not elsewhere,
     * because a text may name the status of something else. It is no part of a version or of an IP address.
     */
    private static final Pattern IN_LINE =
            Pattern.compile("(?:^|(?<!\\S)#|[(\\[])\\s?#?([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]\\d)(?!\\d)");

    static EnhancedStatus of(String status) {
        var parts = status.split("\\.", 3);
        return new EnhancedStatus(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** The statuses of a line, which begins after its code and is {@link ReplyText#withoutAddresses}: an address can contain one. */
    static List<EnhancedStatus> inLine(String line) {
        var found = new ArrayList<EnhancedStatus>();
        var matcher = IN_LINE.matcher(line);
        while (matcher.find()) {
            found.add(of("%s.%s.%s".formatted(matcher.group(1), matcher.group(2), matcher.group(3))));
        }
        return found;
    }

    /** Whether it says no more than its severity: x.0.0, "other address status" and "other mailbox status". */
    boolean saysNothing() {
        return detail == 0 && subject <= 2;
    }

    /** What a permanent refusal (5xx) with this status is about; empty if it says nothing. */
    Optional<ReplyClass> ofPermanent() {
        if (saysNothing()) {
            return Optional.empty();
        }
        if (is(1, 1) || is(1, 2) || is(1, 3) || is(1, 6) || is(1, 10) || is(2, 1)) {
            return Optional.of(ReplyClass.ADDRESS);
        }
        if (is(2, 2)) {
            return Optional.of(ReplyClass.MAILBOX_FULL);
        }
        return Optional.of(isTooLarge() ? ReplyClass.TOO_LARGE : ReplyClass.SENDER);
    }

    private boolean is(int subject, int detail) {
        return this.subject == subject && this.detail == detail;
    }

    /** 5.3.4, message too big for system, and 5.2.3, message length exceeds administrative limit. */
    boolean isTooLarge() {
        return is(3, 4) || is(2, 3);
    }

    /** What a temporary refusal (4xx) of a recipient or a mail with this status is about; empty if it says nothing. */
    Optional<ReplyClass> ofTemporary(Route route) {
        if (is(2, 2)) {
            return Optional.of(ReplyClass.MAILBOX_FULL);
        }
        // A full disk, congestion: of our own mail server only if that server said it.
        if (subject == 3 || is(4, 5)) {
            return Optional.of(route == Route.DIALOGUE ? ReplyClass.SERVICE : ReplyClass.TEMPORARY);
        }
        if (isDomainLimit()) {
            return Optional.of(ReplyClass.DOMAIN_LIMIT);
        }
        return Optional.empty();
    }

    /** Gmail limits senders with 4.7.23 to 4.7.40 (4.7.28: an unusual rate), Microsoft with 4.7.500 to 4.7.699. */
    private boolean isDomainLimit() {
        return subject == 7 && (detail >= 23 && detail <= 40 || detail >= 500 && detail <= 699);
    }
}
