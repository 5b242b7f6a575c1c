package io.weekly.delivery.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyClassifierTest {

    static List<ReplyCases.Case> cases() {
        return ReplyCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachReplyHasItsClass(ReplyCases.Case one) {
        assertThat(ReplyClassifier.classify(one.reply())).isEqualTo(one.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noReplyBeforeTheRecipientIsAboutTheAddress(ReplyCases.Case one) {
        var reply = one.reply();

        assertThat(Stream.of(Step.values()).filter(Step::isBeforeRecipient))
                .allSatisfy(step -> assertThat(ReplyClassifier.classify(
                                new MailReply(reply.route(), step, reply.code(), reply.status(), reply.text())))
                        .isNotIn(ReplyClass.ADDRESS, ReplyClass.MAILBOX_FULL));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noTemporaryReplyIsAboutTheAddress(ReplyCases.Case one) {
        var reply = new MailReply(Route.DIALOGUE, Step.RCPT, 450, one.reply().status(), one.reply().text());

        assertThat(ReplyClassifier.classify(reply)).isNotIn(ReplyClass.ADDRESS, ReplyClass.SENDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "550 <blocked@customer.test>: user unknown",
        "550 blocked@customer.test: user unknown",
        "550 user \"spam sender\"@customer.test unknown",
        "550 user 'spf' unknown",
        "550 mx1.relay.spam.test: user unknown, see https://customer.test/blocked/policy",
        "550 5.1.1 <spam.sender@customer.test>: no longer here",
        "550 user unknown: this list is unblocked"
    })
    void quotedAddressesDecideNothing(String text) {
        assertThat(ReplyClassifier.classify(MailReply.ofDialogue(Step.RCPT, 550, List.of(text)))).isEqualTo(ReplyClass.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "550 <user.unknown@customer.test>: mailbox unavailable",
        "550 rejected: see https://customer.test/user unknown/5.1.1",
        "550 host 5.1.1.7 is not welcome",
        "550 server version 5.1.1 says no"
    })
    void anAddressOrAVersionIsNoReasonForABounce(String text) {
        assertThat(ReplyClassifier.classify(MailReply.ofDialogue(Step.RCPT, 550, List.of(text)))).isEqualTo(ReplyClass.SENDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.1 not welcome", "5.4.1 no route", "sender address is not allowed", "blocked"})
    void aLineAboutUsOutweighsTheOthers(String line) {
        var first = MailReply.ofDialogue(Step.RCPT, 550, List.of("550-" + line, "550-5.1.1 user unknown", "550 5.2.2 mailbox full"));
        var last = MailReply.ofDialogue(Step.RCPT, 550, List.of("550-5.1.1 user unknown", "550-5.2.2 mailbox full", "550 " + line));

        assertThat(List.of(first, last)).extracting(ReplyClassifier::classify).containsOnly(ReplyClass.SENDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"550\t5.1.1 gone", "550  5.1.1  gone", "550-5.1.1 gone\r\n550 5.1.1 gone"})
    void anyBlankStandsBetweenCodeAndStatus(String text) {
        assertThat(ReplyClassifier.classify(MailReply.ofDialogue(Step.RCPT, 550, List.of(text)))).isEqualTo(ReplyClass.ADDRESS);
    }

    @Test
    void longTextIsReadInAShortTime() {
        var texts = Stream.of(
                        "user ", "account a ", "@", "<", "\"a", "a.", "550 5.1.1 ",
                        "550-", "(", "mailbox size ", " ", "x", "a.b/", "account, ")
                .map(part -> part.repeat(5000))
                .toList();

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> texts.forEach(text -> assertThatNoException()
                .isThrownBy(() -> ReplyClassifier.classify(MailReply.ofDialogue(Step.RCPT, 550, List.of("550 " + text))))));
    }

    @Test
    void aStringThatIsNoStatusCountsAsNone() {
        assertThat(new MailReply(Route.DSN, Step.LATER, 0, "5.1.1; x", "").status()).isNull();
        assertThat(new MailReply(Route.DSN, Step.LATER, 0, " 5.1.1 ", "").status()).isEqualTo("5.1.1");
    }
}
