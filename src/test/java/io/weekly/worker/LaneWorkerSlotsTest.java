package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a lane holds, by the number of its slots. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LaneWorkerSlotsTest extends OneLane {

    @Test
    void aSlotIsFreeWhenItsStageHasEndedButTheJobStillCountsAgainstTheBuffer() {
        written = new CompletableFuture<>();
        claimed(4);

        end.complete(null);

        await().until(() -> get(lane.running()) == 4);
        assertThat(jobs("state = 'leased'")).isEqualTo(4);
        assertThat(jobs("state = 'ready'")).isEqualTo(8);
        written.complete(null);
        await().until(() -> jobs("state = 'leased'") == 12);
    }

    @Test
    void aLaneWithoutSlotsReleasesWaitingJobsWithTheirAttemptAndClaimsNothing() {
        claimed(4);

        slots = Slots.NONE;
        end.complete(null);

        await().until(() -> get(lane.held()).isEmpty() && jobs("state = 'ready' AND attempt = 0") == 10);
        var turn = turn();
        lane.wake();
        get(lane.drain());
        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aProbingLaneHoldsOneJobOnly() {
        slots = new Slots(1, false);

        claimed(1);

        lane.wake();
        assertThat(get(lane.held())).hasSize(1);
        assertThat(jobs("state = 'ready' AND attempt = 0")).isEqualTo(11);
    }

    @Test
    void aLaneNoticesNewSlotsAtTheNextPoll() {
        slots = Slots.NONE;
        lane.mayClaim(inAMinute());
        lane.wake();
        assertThat(get(lane.held())).isEmpty();

        slots = Slots.of(3);
        lane.wake();

        await().until(() -> get(lane.held()).size() == 6);
        assertThat(get(lane.running())).isEqualTo(3);
    }

    @Test
    void aLaneHoldsNoMoreThanItHasRoomFor() {
        claimed(4);
        var turn = turn();

        lane.wake();
        lane.wake();
        var drained = lane.drain().subscribeAsCompletionStage();
        assertThat(get(lane.held())).hasSize(2);
        end.complete(null);
        drained.join();

        assertThat(turn()).isEqualTo(turn);
    }
}
