package io.weekly.webhook;

import io.weekly.webhook.DueEndpoints.Due;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which endpoints this process sends to now. A tenant has only a few of the slots, so endpoints of one tenant that answer slowly leave the
 * others theirs.
 */
final class SendSlots {

    private static final int PER_TENANT = 4;

    private final int max;
    private final Set<Due> busy = new HashSet<>();
    private final Map<Integer, Integer> byTenant = new HashMap<>();

    SendSlots(int max) {
        this.max = max;
    }

    /** Takes a slot; false if there is none, or if the endpoint has one. */
    synchronized boolean take(Due endpoint) {
        var ofTenant = byTenant.getOrDefault(endpoint.tenantId(), 0);
        if (busy.size() >= max || ofTenant >= PER_TENANT || !busy.add(endpoint)) {
            return false;
        }
        byTenant.put(endpoint.tenantId(), ofTenant + 1);
        return true;
    }

    synchronized void free(Due endpoint) {
        if (busy.remove(endpoint)) {
            byTenant.computeIfPresent(endpoint.tenantId(), (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
