package io.weekly.access.link;

import static io.weekly.keys.TestKeyring.ONE;
import static io.weekly.keys.TestKeyring.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.keys.TestKeyring;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LinkTokensTest {

    private static final String LINK = "019ab2f07c1e7d3a9f4be2a1c05d6e80";
    private static final String OTHER = "019ab2f07c1e7d3a9f4be2a1c05d6e81";
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %\u0000é";

    private final LinkTokens tokens = new LinkTokens(TestKeyring.of("b", Map.of("a", ONE, "b", TWO)));

    @Example
    void aTokenNamesItsKeyAndItsLink() {
        assertThat(tokens.currentKey()).contains("b");
        assertThat(tokens.token("b", LINK)).startsWith("1.b." + LINK + ".").hasSize(1 + 1 + 1 + 1 + 32 + 1 + 43)
                .isEqualTo(tokens.token("b", LINK));
        assertThat(tokens.verify(tokens.token("b", LINK))).contains(new LinkTokens.Signed("b", LINK));
        assertThat(tokens.verify(tokens.token("a", LINK))).contains(new LinkTokens.Signed("a", LINK));
    }

    @Property(tries = 10_000)
    void noAlteredTokenIsGenuine(@ForAll("altered") String altered) {
        Assume.that(!List.of(tokens.token("b", LINK), tokens.token("a", LINK), tokens.token("b", OTHER)).contains(altered));

        assertThat(tokens.verify(altered)).isEmpty();
    }

    /** One to three changes of a genuine token: a character replaced, removed, added or swapped, or the end of another token. */
    @Provide
    Arbitrary<String> altered() {
        var change = Combinators.combine(
                Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(0, 79),
                Arbitraries.integers().between(0, CHARACTERS.length() - 1));
        return change.as(LinkTokensTest::change).list().ofMinSize(1).ofMaxSize(3).map(changes -> {
            var token = tokens.token("b", LINK);
            for (var next : changes) {
                token = next.apply(token);
            }
            return token;
        });
    }

    private interface Change {
        String apply(String token);
    }

    private static Change change(int kind, int place, int character) {
        return token -> {
            int at = Math.min(place, Math.max(0, token.length() - 1));
            var begin = token.substring(0, at);
            var rest = token.substring(at);
            var one = String.valueOf(CHARACTERS.charAt(character));
            return switch (kind) {
                case 0 -> begin + one + (rest.isEmpty() ? "" : rest.substring(1));
                case 1 -> begin + (rest.isEmpty() ? "" : rest.substring(1));
                case 2 -> begin + one + rest;
                case 3 -> rest.length() < 2 ? begin : begin + rest.charAt(1) + rest.charAt(0) + rest.substring(2);
                case 4 -> begin;
                default -> begin + new LinkTokens(TestKeyring.of("b", Map.of("b", ONE))).token("b", OTHER).substring(at);
            };
        };
    }

    /** The last character of the Base64 has two bits that decode to nothing. */
    @Example
    void aTokenThatDecodesToTheSameBytesIsNotGenuine() {
        var token = tokens.token("b", LINK);
        var digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var sibling = digits.charAt(digits.indexOf(token.charAt(token.length() - 1)) ^ 1);

        assertThat(tokens.verify(token.substring(0, token.length() - 1) + sibling)).isEmpty();
        assertThat(tokens.verify(token + "=")).isEmpty();
        assertThat(tokens.verify(token + "\n")).isEmpty();
        assertThat(tokens.verify(token.replace(LINK, LINK.toUpperCase(Locale.ROOT)))).isEmpty();
    }

    @Example
    void aKeyThatIsNotConfiguredOpensNothingAndSignsNothing() {
        var without = new LinkTokens(TestKeyring.of("a", Map.of("a", ONE)));

        assertThat(without.verify(tokens.token("b", LINK))).isEmpty();
        assertThatThrownBy(() -> without.token("b", LINK)).hasMessageContaining("weekly.keys.b");
        assertThat(new LinkTokens(TestKeyring.empty()).verify(tokens.token("b", LINK))).isEmpty();
    }
}
