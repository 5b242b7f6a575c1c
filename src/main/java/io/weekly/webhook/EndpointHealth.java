package io.weekly.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint has answered lately.
 *
 * @param failures failed attempts in a row; 0 after a success
 * @param failingSince when the first of them was; null after a success
 * @param lastError of the last of them; null after a success
 */
record EndpointHealth(EndpointState state, int failures, @Nullable Instant failingSince, @Nullable String lastError) {

    /** So many failures in a row are not by chance. The endpoint is shown as failing, and it is tried with one message at a time. */
    static final int FAILING_AFTER = 5;
    /** An endpoint that has failed for so long is disabled. The messages wait for an admin. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(5);
    private static final Duration INITIAL_PAUSE = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

    /** After an attempt. A disabled endpoint stays disabled. */
    EndpointHealth after(Answer answer, Instant now) {
        return switch (answer) {
            case Answer.Received _ -> new EndpointHealth(isDisabled() ? state : EndpointState.ACTIVE, 0, null, null);
            case Answer.Gone _ -> failed(EndpointState.DISABLED, "410: the endpoint wants no more messages", now);
            case Answer.Failed failed -> failed(state(now), failed.error(), now);
        };
    }

    private boolean isDisabled() {
        return state == EndpointState.DISABLED;
    }

    private EndpointState state(Instant now) {
        if (isDisabled() || failingSince != null && now.isAfter(failingSince.plus(GIVEN_UP_AFTER)) && isFailing()) {
            return EndpointState.DISABLED;
        }
        return isFailing() ? EndpointState.FAILING : state;
    }

    private boolean isFailing() {
        return failures + 1 >= FAILING_AFTER;
    }

    private EndpointHealth failed(EndpointState next, String error, Instant now) {
        return new EndpointHealth(next, failures + 1, failingSince == null ? now : failingSince, error);
    }

    /** How long the endpoint gets no message, so that an endpoint that is away costs little. Zero unless it is failing. */
    Duration pause() {
        if (failures < FAILING_AFTER) {
            return Duration.ZERO;
        }
        var doubled = INITIAL_PAUSE.multipliedBy(1L << Math.min(failures - FAILING_AFTER, 10));
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }
}
