package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.mail.SMTPException;
import io.weekly.delivery.DomainReplies.Reply;
import io.weekly.delivery.HandOver.Accepted;
import io.weekly.delivery.HandOver.Deferred;
import io.weekly.delivery.HandOver.Rejected;
import io.weekly.delivery.HandOver.Sign;
import io.weekly.delivery.reply.ReplyClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainStreakTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Deferred REFUSED = new Deferred("550 5.7.1 no mails for bea@customer.test", Sign.TAKES, ReplyClass.SENDER);
    private static final Deferred LIMITED = new Deferred("421 4.7.28 too fast", Sign.NONE, ReplyClass.DOMAIN_LIMIT);

    @Test
    void refusalsCountInARowByTheTimeAtWhichTheDialoguesEnded() {
        var streaks = DomainStreak.of(List.of(
                reply("customer.test", REFUSED, 3), reply("customer.test", REFUSED, 1), reply("customer.test", new Accepted("ok"), 2)));

        assertThat(streaks).singleElement().satisfies(streak -> {
            assertThat(streak.accepted()).isEqualTo(1);
            assertThat(streak.refusals()).isEqualTo(1);
            assertThat(streak.reply()).isEqualTo("550 5.7.1 no mails for <address>");
            assertThat(streak.at()).isEqualTo(NOON.plusSeconds(3));
        });
    }

    @Test
    void aBounceAndARefusalOfOurOwnServerSayNothingAboutADomain() {
        var ownServer = HandOver.of(
                new SMTPException("recipient address not accepted", 530, List.of("530 5.7.0 Authentication required"), false));

        assertThat(DomainStreak.of(List.of(reply("a.test", new Rejected("550 5.1.1 no"), 1), reply("b.test", ownServer, 1)))).isEmpty();
    }

    @Test
    void domainsAreInOrderAndEachHasItsOwnStreak() {
        var streaks = DomainStreak.of(List.of(reply("b.test", REFUSED, 1), reply("a.test", LIMITED, 1), reply("b.test", REFUSED, 2)));

        assertThat(streaks).extracting(DomainStreak::domain).containsExactly("a.test", "b.test");
        assertThat(streaks).extracting(DomainStreak::refusals).containsExactly(0, 2);
        assertThat(streaks.getFirst().limit()).contains("421 4.7.28 too fast");
    }

    @Test
    void theDomainOfAnAddressIsInLowerCase() {
        assertThat(DomainReplies.domain("Bea@Customer.TEST")).isEqualTo("customer.test");
    }

    private static Reply reply(String domain, HandOver end, int seconds) {
        return new Reply(domain, end, NOON.plusSeconds(seconds));
    }
}
