package io.weekly.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weekly.audit.OncePerDay;
import io.weekly.database.DatabaseAwayException;
import io.weekly.webhook.DueEndpoints.Due;
import io.weekly.webhook.MessageClaims.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Writes all log lines and meters about webhooks. There is one line when the state of an endpoint changes, and none for a message. */
@ApplicationScoped
class WebhookLog {

    private static final Logger LOG = Logger.getLogger("io.weekly.webhooks");
    private static final Map<MessageState, String> OUTCOMES =
            Map.of(MessageState.SENT, "sent", MessageState.PENDING, "retried", MessageState.FAILED, "failed");

    private final Map<MessageState, Counter> attempts = new EnumMap<>(MessageState.class);
    private final AtomicLong pending = new AtomicLong();
    private final OncePerDay told;

    /** Registers the meters at the start, so that an alert on an increase sees the first count. */
    WebhookLog(MeterRegistry meters, Clock clock) {
        OUTCOMES.forEach((state, outcome) -> attempts.put(state, Counter.builder("weekly.webhook.attempts")
                .description("Attempts to send a message to an endpoint")
                .tags("outcome", outcome)
                .register(meters)));
        Gauge.builder("weekly.webhook.pending", pending, AtomicLong::doubleValue)
                .description("Messages to endpoints that are to be sent, counted up to 100,000; the same in all processes")
                .register(meters);
        told = new OncePerDay(clock);
    }

    void ended(Ending ending) {
        if (ending.attempts() > 0) {
            Objects.requireNonNull(attempts.get(ending.state())).increment();
        }
    }

    void pending(long messages) {
        pending.set(messages);
    }

    /** @param cause of the last failure, without what the receiver wrote: it can name persons and have secrets */
    void changed(Endpoint endpoint, EndpointHealth health, String cause) {
        switch (health.state()) {
            case ACTIVE -> LOG.infof("webhook %s of tenant %d works again", endpoint.id(), endpoint.tenantId());
            case FAILING -> LOG.warnf("webhook %s of tenant %d fails: %d attempts in a row, the last one with: %s",
                    endpoint.id(), endpoint.tenantId(), health.failures(), cause);
            case DISABLED -> LOG.warnf("webhook %s of tenant %d is disabled after: %s", endpoint.id(), endpoint.tenantId(), cause);
        }
    }

    /** The messages stay in the outbox, and the next pass tries again. Told once a day for each endpoint: the next pass is in a second. */
    void drainFailed(Due endpoint, Throwable failure) {
        if (DatabaseAwayException.isNot(failure) && told.isNew(endpoint.webhookId())) {
            LOG.errorf(failure, "the messages to webhook %s of tenant %d could not be sent; they are tried again",
                    endpoint.webhookId(), endpoint.tenantId());
        }
    }
}
