package io.weekly.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.weekly.webhook.DueEndpoints.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Looks for endpoints with something to be sent and sends it, endpoint by endpoint. All processes do. A slow endpoint only delays itself:
 * a pass does not wait for the endpoints that it has started with.
 */
@ApplicationScoped
class WebhookSender {

    private final DueEndpoints due;
    private final EndpointDrain drain;
    private final SendSlots slots;
    private final WebhookLog log;
    private volatile boolean stopped;

    @Inject
    WebhookSender(DueEndpoints due, EndpointDrain drain, WebhookConfig config, WebhookLog log) {
        this(due, drain, new SendSlots(config.concurrency()), log);
    }

    WebhookSender(DueEndpoints due, EndpointDrain drain, SendSlots slots, WebhookLog log) {
        this.due = due;
        this.drain = drain;
        this.slots = slots;
        this.log = log;
    }

    /** What is sent now ends, or its lease does. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> pass() {
        return due.next().invoke(endpoints -> endpoints.forEach(this::start)).replaceWithVoid();
    }

    private void start(Due endpoint) {
        if (stopped || !slots.take(endpoint)) {
            return;
        }
        drain.drain(endpoint, () -> stopped)
                .onTermination().invoke(() -> slots.free(endpoint))
                .subscribe()
                .with(_ -> {}, failure -> log.drainFailed(endpoint, failure));
    }
}
