package io.weekly.webhook;

import java.util.List;

/**
 * An endpoint as the sender sees it.
 *
 * @param secrets those that sign now: the current one, and the one before during a rotation
 */
record Endpoint(int tenantId, String id, String url, List<WebhookSecret> secrets, EndpointHealth health) {

    /** Whether only one message at a time is sent, to find out whether the endpoint is back. */
    boolean isProbed() {
        return health.failures() >= EndpointHealth.FAILING_AFTER;
    }
}
