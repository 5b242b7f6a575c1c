package io.weekly.access;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The service is not ready while it does not know the keys of the token issuer, because it then answers each request with 503. So a process
 * that starts while the issuer is away gets no requests that others can answer.
 */
@Readiness
@ApplicationScoped
class IssuerKeysReadiness implements HealthCheck {

    private final IssuerKeys keys;

    IssuerKeysReadiness(IssuerKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("token-keys").status(keys.areKnown()).build();
    }
}
