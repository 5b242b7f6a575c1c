package io.weekly.delivery.suppression;

import static io.weekly.keys.TestKeyring.ONE;
import static io.weekly.keys.TestKeyring.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.keys.TestKeyring;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnsubscribeTokensTest {

    private static final String REPORT = "019ab2f07c1e7d3a9f4be2a1c05d6e80";

    private final UnsubscribeTokens tokens = new UnsubscribeTokens(TestKeyring.of("2026", Map.of("2025", ONE, "2026", TWO)));

    @Test
    void aTokenNamesItsTenantAndReport() {
        var token = tokens.token(4711, REPORT).orElseThrow();

        assertThat(tokens.verify(token)).contains(new UnsubscribeTokens.Signed(4711, REPORT));
        assertThat(token).startsWith("1.2026.00001267" + REPORT + ".");
    }

    @Test
    void noAlteredTokenIsGenuine() {
        var token = tokens.token(4711, REPORT).orElseThrow();

        for (var at = 0; at < token.length(); at++) {
            for (var other : "0aZ_.-".toCharArray()) {
                var altered = token.substring(0, at) + other + token.substring(at + 1);
                if (!altered.equals(token)) {
                    assertThat(tokens.verify(altered)).as(altered).isEmpty();
                }
            }
        }
        assertThat(tokens.verify(token + "0")).isEmpty();
        assertThat(tokens.verify("")).isEmpty();
    }

    @Test
    void aTokenOfAnOlderKeyWorksAsLongAsTheKeyIsConfigured() {
        var old = new UnsubscribeTokens(TestKeyring.of("2025", Map.of("2025", ONE))).token(1, REPORT).orElseThrow();

        assertThat(tokens.verify(old)).isPresent();
        assertThat(new UnsubscribeTokens(TestKeyring.of("2026", Map.of("2026", TWO))).verify(old)).isEmpty();
    }
}
