package io.weekly.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.weekly.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyUsesTest {

    private final Keyring keyring = TestKeyring.of("k3", Map.of("k1", TestKeyring.ONE, "k2", TestKeyring.TWO, "k3", TestKeyring.TWO));

    @Test
    void eachKeyHasTheThingsThatNeedIt() {
        var uses = new KeyUses(keyring, List.of(user("links", Map.of("k1", 2L, "k3", 1L)), user("pdfPasswords", Map.of("k1", 5L))));

        assertThat(uses.read().await().atMost(Duration.ofSeconds(5)).stream().map(KeyUses.KeyState::text)).containsExactly(
                "k1: 2 links, 5 pdfPasswords", "k2: nothing", "k3 (current): 1 links");
    }

    @Test
    void aKeyThatIsNeededAndNotConfiguredIsAnErrorInTheLog() {
        var uses = new KeyUses(keyring, List.of(user("links", Map.of("k0", 2L))));

        assertThat(levels(uses)).containsExactly("INFO", "ERROR");
        assertThat(uses.read().await().atMost(Duration.ofSeconds(5)).getFirst())
                .isEqualTo(new KeyUses.KeyState("k0", false, false, Map.of("links", 2L)));
        assertThat(levels(new KeyUses(TestKeyring.empty(), List.of(user("links", Map.of()))))).isEmpty();
    }

    @Test
    void ifTheThingsCannotBeCountedTheLogSaysSo() {
        var failing = new KeyUser() {
            @Override
            public String things() {
                return "links";
            }

            @Override
            public Uni<Map<String, Long>> countByKey() {
                return Uni.createFrom().failure(new IllegalStateException("no database"));
            }
        };

        assertThat(levels(new KeyUses(keyring, List.of(failing)))).containsExactly("WARN");
    }

    private static List<String> levels(KeyUses uses) {
        try (var log = new LogLines()) {
            uses.log(new StartupEvent());
            return log.lines().stream().filter(line -> line.logger().equals(KeyUses.class.getName())).map(LogLines.Line::level).toList();
        }
    }

    private static KeyUser user(String things, Map<String, Long> counts) {
        return new KeyUser() {
            @Override
            public String things() {
                return things;
            }

            @Override
            public Uni<Map<String, Long>> countByKey() {
                return Uni.createFrom().item(counts);
            }
        };
    }
}
