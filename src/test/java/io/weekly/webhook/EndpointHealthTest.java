package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-23T11:30:00Z");
    private static final EndpointHealth WELL = new EndpointHealth(EndpointState.ACTIVE, 0, null, null);
    private static final Answer FAILED = new Answer.Failed(500, "broken", Optional.empty());

    @Test
    void fiveFailuresInARowMakeAnEndpointFailing() {
        assertThat(failed(4).state()).isEqualTo(EndpointState.ACTIVE);
        assertThat(failed(4).pause()).isZero();

        assertThat(failed(5)).isEqualTo(new EndpointHealth(EndpointState.FAILING, 5, NOW, "500: broken"));
        assertThat(failed(5).pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failed(7).pause()).isEqualTo(Duration.ofSeconds(20));
        assertThat(failed(1000).pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void oneSuccessMakesItWellAgain() {
        assertThat(failed(9).after(new Answer.Received(204), NOW)).isEqualTo(WELL);
    }

    @Test
    void anEndpointThatFailsForFiveDaysIsDisabled() {
        var failing = failed(9);

        assertThat(failing.after(FAILED, NOW.plus(Duration.ofDays(5))).state()).isEqualTo(EndpointState.FAILING);
        assertThat(failing.after(FAILED, NOW.plus(Duration.ofDays(5)).plusSeconds(1)).state()).isEqualTo(EndpointState.DISABLED);
    }

    /** An endpoint with one message a week fails for long with few attempts. */
    @Test
    void aFewFailuresDisableNothing() {
        assertThat(failed(1).after(FAILED, NOW.plus(Duration.ofDays(7))).state()).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAndStaysSo() {
        var gone = WELL.after(new Answer.Gone("bye"), NOW);

        assertThat(gone.state()).isEqualTo(EndpointState.DISABLED);
        assertThat(gone.after(new Answer.Received(200), NOW).state()).isEqualTo(EndpointState.DISABLED);
        assertThat(gone.after(FAILED, NOW).state()).isEqualTo(EndpointState.DISABLED);
    }

    private static EndpointHealth failed(int times) {
        var health = WELL;
        for (var i = 0; i < times; i++) {
            health = health.after(FAILED, NOW);
        }
        return health;
    }
}
