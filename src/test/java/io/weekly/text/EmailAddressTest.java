package io.weekly.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.weekly.text.EmailAddress.Invalid;
import io.weekly.text.EmailAddress.Valid;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmailAddressTest {

    private static final String LABEL = "a".repeat(63);

    static Stream<Arguments> valid() {
        return Stream.of(
                arguments("ann@acme.test", "ann@acme.test"),
                arguments("Ann.Lee@ACME.Test", "Ann.Lee@acme.test"),
                arguments("bea@müller.example", "bea@xn--mller-kva.example"),
                arguments("bea@MÜLLER.example", "bea@xn--mller-kva.example"),
                arguments("bea@mu\u0308ller.example", "bea@xn--mller-kva.example"),
                arguments("bea@XN--MLLER-KVA.example", "bea@xn--mller-kva.example"),
                arguments("bea@straße.example", "bea@xn--strae-oqa.example"),
                arguments("bea@acme\u3002test", "bea@acme.test"),
                arguments("bea@acme\uFF0Etest", "bea@acme.test"),
                arguments("bea@\uFF41cme.test", "bea@acme.test"),
                arguments("bea@почта.рф", "bea@xn--80a1acny.xn--p1ai"),
                arguments("bea@אבג.example", "bea@xn--4dbcd.example"),
                arguments("bea@paral·lel.example", "bea@xn--parallel-koa.example"),
                arguments("bea@\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.example", "bea@xn--mgba3gch31f060k.example"),
                arguments("bea+news@acme.test", "bea+news@acme.test"),
                arguments("o'neil@acme.test", "o'neil@acme.test"),
                arguments("!#$%&'*+-/=?^_`{|}~@acme.test", "!#$%&'*+-/=?^_`{|}~@acme.test"),
                arguments("1@1.test", "1@1.test"),
                arguments("bea@r3---sn.example", "bea@r3---sn.example"),
                arguments("a".repeat(64) + "@acme.test", "a".repeat(64) + "@acme.test"),
                arguments("bea@" + LABEL + ".test", "bea@" + LABEL + ".test"),
                arguments(longest("a"), longest("a")));
    }

    /** 254 octets: the limit. */
    private static String longest(String local) {
        return local + "@" + (LABEL + ".").repeat(3) + "a".repeat(254 - local.length() - 1 - 3 * 64);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void theDomainIsStoredAsALabels(String given, String stored) {
        assertThat(EmailAddress.parse(given)).isEqualTo(new Valid(stored, stored.toLowerCase(Locale.ROOT)));
        assertThat(EmailAddress.normal(given)).isEqualTo(stored);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                arguments("", "it has no @"),
                arguments("acme.test", "it has no @"),
                arguments("bea\uFF20acme.test", "full-width"),
                arguments("@acme.test", "before the @"),
                arguments("bea@", "after the @"),
                arguments("bea@@acme.test", "more than one @"),
                arguments("a@b@acme.test", "more than one @"),
                arguments("béa@acme.test", "SMTPUTF8"),
                arguments("😀@acme.test", "SMTPUTF8"),
                arguments("\"bea lee\"@acme.test", "in quotes"),
                arguments("\"bea\"@acme.test", "in quotes"),
                arguments("bea(work)@acme.test", "comment"),
                arguments("bea@(work)acme.test", "character that is not allowed"),
                arguments("Bea <bea@acme.test>", "a blank"),
                arguments("<bea@acme.test>", "not allowed there"),
                arguments("bea,ann@acme.test", "not allowed there"),
                arguments("mailto:bea@acme.test", "not allowed there"),
                arguments(".bea@acme.test", "a dot at an end"),
                arguments("bea.@acme.test", "a dot at an end"),
                arguments("b..ea@acme.test", "two dots"),
                arguments(" bea@acme.test", "a blank"),
                arguments("bea@acme.test ", "a blank"),
                arguments("bea@acme.test\n", "a blank"),
                arguments("bea@ac me.test", "a blank"),
                arguments("be\u0000a@acme.test", "invisible"),
                arguments("be\u200Ba@acme.test", "invisible"),
                arguments("bea@ac\u00ADme.test", "invisible"),
                arguments("bea@ac\u202Eme.test", "invisible"),
                arguments("bea@ac\uFE0Fme.test", "invisible"),
                arguments("bea@ac\u034Fme.test", "invisible"),
                arguments("bea@ac\u180Bme.test", "invisible"),
                arguments("bea@ac\uDB40\uDD00me.test", "invisible"),
                arguments("bea@½.test", "RFC 5892"),
                arguments("bea@a⁄b.test", "RFC 5892"),
                arguments("bea@a≠b.test", "RFC 5892"),
                arguments("bea@·l.test", "RFC 5892"),
                arguments("bea@xn--l-fda.test", "RFC 5892"),
                arguments("bea@☃.test", "RFC 5892"),
                arguments("bea@xn--n3h.test", "RFC 5892"),
                arguments("bea@💩.test", "RFC 5892"),
                arguments("bea@xn--ls8h.test", "RFC 5892"),
                arguments("bea@\u0645\u0640\u0645.test", "RFC 5892"),
                arguments("a".repeat(65) + "@acme.test", "more than 64"),
                arguments("bea@127.0.0.1", "IP address"),
                arguments("bea@[127.0.0.1]", "IP address"),
                arguments("bea@[IPv6:::1]", "IP address"),
                arguments("bea@1.2", "IP address"),
                arguments("bea@0x7f.0x1", "IP address"),
                arguments("bea@acme.12", "number"),
                arguments("bea@１２７.0.0.1", "IP address"),
                arguments("bea@localhost", "no dot"),
                arguments("bea@xn--a.test", "xn--"),
                arguments("bea@xn--.test", "xn--"),
                arguments("bea@xn--acme-.test", "xn--"),
                arguments("bea@.acme.test", "a dot at an end"),
                arguments("bea@acme..test", "two dots"),
                arguments("bea@acme.test.", "a dot"),
                arguments("bea@-acme.test", "hyphen"),
                arguments("bea@acme-.test", "hyphen"),
                arguments("bea@ac_me.test", "not allowed"),
                arguments("bea@acme.test:25", "not allowed"),
                arguments("bea@א1b.test", "directions"),
                arguments("bea@a\u200Db.test", "not allowed"),
                arguments("bea@\uD800.test", "not allowed"),
                arguments("bea@" + LABEL + "a.test", "too long"),
                arguments("bea@" + "ü".repeat(60) + ".test", "too long"),
                arguments("b@" + (LABEL + ".").repeat(4) + "test", "too long"),
                arguments(longest("a") + "b", "longer than 254"),
                arguments("a@" + "b".repeat(100_000), "longer than 254"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidAddressIsRefusedWithItsReason(String given, String reason) {
        assertThat(EmailAddress.parse(given))
                .isInstanceOfSatisfying(Invalid.class, refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void theDomainOfTheServiceItselfMayBeOneLabel() {
        assertThat(EmailAddress.parseSender("reports@localhost")).isEqualTo(new Valid("reports@localhost", "reports@localhost"));
        assertThat(EmailAddress.parseSender("reports@127.0.0.1")).isInstanceOf(Invalid.class);
    }

    @Test
    void whatAnEarlierVersionStoredIsComparedInLowerCase() {
        assertThat(EmailAddress.comparison("Bea@127.0.0.1")).isEqualTo("bea@127.0.0.1");
        assertThat(EmailAddress.comparison("Bea@Müller.example")).isEqualTo("bea@xn--mller-kva.example");
    }
}
