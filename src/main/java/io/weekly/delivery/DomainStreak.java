package io.weekly.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.weekly.delivery.DomainReplies.Reply;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.text.Ellipsis;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What some dialogues in a row, or one later reply, say about one domain.
 *
 * @param late whether the domain said it after the dialogue: in a notification or in an event of a provider
 * @param accepted how many mails were accepted
 * @param refusals how often it refused the sender after that
 * @param reply the last refusal, without addresses; empty if there was none
 * @param limit the last reply that asked for fewer mails, without addresses
 * @param at the end of the last dialogue
 */
record DomainStreak(String domain, boolean late, int accepted, int refusals, String reply, Optional<String> limit, Instant at) {

    /** As long as the column. */
    private static final int MAX_REPLY_LENGTH = 1000;

    /** The domain refused the sender after the dialogue. */
    static DomainStreak refusedLate(String domain, String reply, Instant at) {
        return new DomainStreak(domain, true, 0, 1, text(reply), Optional.empty(), at);
    }

    /** A mail arrived at the domain. */
    static DomainStreak arrived(String domain, Instant at) {
        return new DomainStreak(domain, true, 1, 0, "", Optional.empty(), at);
    }

    /** One for each domain that accepted, refused or limited us, in the order of the domains, so that two batches cannot deadlock. */
    static List<DomainStreak> of(Collection<Reply> replies) {
        var byDomain = replies.stream().collect(groupingBy(Reply::domain, TreeMap::new, toList()));
        return byDomain.entrySet().stream()
                .map(domain -> of(domain.getKey(), domain.getValue()))
                .filter(streak -> streak.accepted > 0 || streak.refusals > 0 || streak.limit.isPresent())
                .toList();
    }

    private static DomainStreak of(String domain, List<Reply> replies) {
        var accepted = 0;
        var refusals = 0;
        var refusal = "";
        var limit = Optional.<String>empty();
        var inOrder = replies.stream().sorted(Comparator.comparing(Reply::at)).toList();
        for (var reply : inOrder) {
            switch (reply.handOver()) {
                case HandOver.Accepted _ -> {
                    accepted++;
                    refusals = 0;
                }
                case HandOver.Deferred deferred when deferred.isRefusalOfSender() -> {
                    refusals++;
                    refusal = text(deferred.reply());
                }
                case HandOver.Deferred deferred when deferred.about() == ReplyClass.DOMAIN_LIMIT ->
                    limit = Optional.of(text(deferred.reply()));
                default -> {}
            }
        }
        return new DomainStreak(domain, false, accepted, refusals, refusal, limit, inOrder.getLast().at());
    }

    private static String text(String reply) {
        return Ellipsis.shorten(MailReply.withoutAddresses(reply), MAX_REPLY_LENGTH);
    }
}
