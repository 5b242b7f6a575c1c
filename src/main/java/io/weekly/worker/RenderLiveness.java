package io.weekly.worker;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Fails if more than half of the render threads are abandoned. Only a new process frees them, and a probe that fails for some time makes
 * the platform start one.
 */
@Liveness
@ApplicationScoped
class RenderLiveness implements HealthCheck {

    private final RenderPool pool;

    RenderLiveness(RenderPool pool) {
        this.pool = pool;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("render")
                .status(2 * pool.abandoned() <= pool.threads())
                .withData("threads", pool.threads())
                .withData("abandoned", pool.abandoned())
                .build();
    }
}
