package io.weekly.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many reports of a tenant this process may render at the same time. Usually the generate lane alone decides. A tenant whose rendering
 * has timed out gets one slot until a rendering succeeds, so that its next reports do not take all threads. A thread that has not returned
 * after the timeout counts as this slot.
 *
 * <p>Only in memory: a new process does not know the timeouts of the process before. There is at most one entry for each tenant.
 */
@ApplicationScoped
class TenantRenderSlots {

    private final WorkerEvents events;
    /** Tenant → its reports that are being generated, and its abandoned threads. */
    private final Map<Integer, Integer> taken = new HashMap<>();
    private final Map<Integer, Integer> abandoned = new HashMap<>();
    private final Set<Integer> limited = new HashSet<>();

    TenantRenderSlots(WorkerEvents events) {
        this.events = events;
    }

    /** Takes a slot for a report. Returns false if the tenant has none left. */
    synchronized boolean take(int tenantId) {
        if (limited.contains(tenantId) && taken.containsKey(tenantId)) {
            return false;
        }
        taken.merge(tenantId, 1, Integer::sum);
        return true;
    }

    /** The report has ended. */
    synchronized void release(int tenantId) {
        decrement(taken, tenantId);
    }

    private static void decrement(Map<Integer, Integer> counts, int tenantId) {
        counts.computeIfPresent(tenantId, (_, count) -> count == 1 ? null : count - 1);
    }

    /** A rendering timed out. Its thread keeps a slot until it has {@link #returned}. */
    synchronized void timedOut(int tenantId) {
        taken.merge(tenantId, 1, Integer::sum);
        abandoned.merge(tenantId, 1, Integer::sum);
        if (limited.add(tenantId)) {
            events.tenantLimited(tenantId);
        }
    }

    /** The abandoned thread has returned. */
    synchronized void returned(int tenantId) {
        decrement(abandoned, tenantId);
        release(tenantId);
    }

    /** While a thread of the tenant is abandoned, the success of another report that began before does not end the limit. */
    synchronized void succeeded(int tenantId) {
        if (!abandoned.containsKey(tenantId) && limited.remove(tenantId)) {
            events.tenantNotLimited(tenantId);
        }
    }
}
