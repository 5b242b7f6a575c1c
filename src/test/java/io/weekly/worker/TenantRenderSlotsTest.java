package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TenantRenderSlotsTest {

    private static final int TENANT = 7;
    private static final int OTHER = 8;

    private final TenantRenderSlots slots = new TenantRenderSlots(new WorkerEvents(new SimpleMeterRegistry(), null));

    @Test
    void aTenantWithoutATimeoutHasAnyNumberOfSlots() {
        for (int i = 0; i < 100; i++) {
            assertThat(slots.take(TENANT)).isTrue();
        }
    }

    @Test
    void aTenantWhoseRenderingTimedOutHasNoSlotWhileTheThreadIsAbandoned() {
        assertThat(slots.take(TENANT)).isTrue();
        slots.timedOut(TENANT);
        slots.release(TENANT);

        assertThat(slots.take(TENANT)).isFalse();
        assertThat(slots.take(OTHER)).isTrue();
        assertThat(slots.take(OTHER)).isTrue();
    }

    @Test
    void afterTheThreadHasReturnedTheTenantHasOneSlotUntilARenderingSucceeds() {
        afterATimeout();

        assertThat(slots.take(TENANT)).isTrue();
        assertThat(slots.take(TENANT)).isFalse();
        slots.release(TENANT);
        assertThat(slots.take(TENANT)).isTrue();
        assertThat(slots.take(TENANT)).isFalse();

        slots.succeeded(TENANT);
        assertThat(slots.take(TENANT)).isTrue();
        assertThat(slots.take(TENANT)).isTrue();
    }

    @Test
    void reportsThatBeganBeforeTheTimeoutCountToo() {
        slots.take(TENANT);
        slots.take(TENANT);
        slots.timedOut(TENANT);
        slots.release(TENANT);
        slots.release(TENANT);

        assertThat(slots.take(TENANT)).isFalse();
        slots.returned(TENANT);
        assertThat(slots.take(TENANT)).isTrue();
    }

    @Test
    void aReportThatSucceedsWhileAThreadIsAbandonedDoesNotEndTheLimit() {
        slots.take(TENANT);
        slots.take(TENANT);
        slots.timedOut(TENANT);
        slots.release(TENANT);

        slots.succeeded(TENANT);
        slots.release(TENANT);
        assertThat(slots.take(TENANT)).as("the abandoned thread is the slot").isFalse();

        slots.returned(TENANT);
        assertThat(slots.take(TENANT)).isTrue();
        assertThat(slots.take(TENANT)).as("one slot, because nothing has succeeded since").isFalse();
    }

    private void afterATimeout() {
        slots.take(TENANT);
        slots.timedOut(TENANT);
        slots.release(TENANT);
        slots.returned(TENANT);
    }
}
