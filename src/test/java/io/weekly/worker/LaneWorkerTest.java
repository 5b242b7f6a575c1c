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

/** When a lane claims, and when it does not. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LaneWorkerTest extends OneLane {

    @Test
    void aLaneClaimsNothingBeforeTheFirstHeartbeat() {
        var turn = turn();

        lane.wake();
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aLaneClaimsNothingIfTheLastHeartbeatIsTooOld() {
        var turn = turn();

        lane.mayClaim(System.nanoTime() - 1);
        lane.wake();
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aPauseReleasesWaitingJobsWithTheirAttemptAndLetsStagesFinish() {
        claimed(4);

        lane.pause();

        await().until(() -> jobs("state = 'leased'") == 2);
        assertThat(jobs("state = 'ready' AND attempt = 0")).isEqualTo(10);
        assertThat(get(lane.held())).hasSize(2).allSatisfy(lease -> assertThat(lease.attempt()).isEqualTo(1));
        assertThat(get(lane.running())).isEqualTo(2);
    }

    @Test
    void aPausedLaneClaimsNothingWhenAStageEnds() {
        claimed(4);
        lane.pause();
        await().until(() -> jobs("state = 'leased'") == 2);
        var turn = turn();

        end.complete(null);
        lane.wake();
        await().until(() -> get(lane.held()).isEmpty());
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aResumedLaneClaimsAtOnceWithoutBeingWoken() {
        claimed(4);
        lane.pause();
        await().until(() -> jobs("state = 'leased'") == 2);

        lane.mayClaim(inAMinute());

        await().until(() -> get(lane.held()).size() == 4);
    }

    @Test
    void aClaimThatIsAnsweredAfterAPauseIsReleased() {
        lane.mayClaim(inAMinute());
        lane.wake();
        lane.pause();

        await().until(() -> jobs("state = 'ready' AND attempt = 0") == 12);
        assertThat(get(lane.held())).isEmpty();
        lane.mayClaim(inAMinute());
        await().until(() -> get(lane.held()).size() == 4);
    }

    @Test
    void aDrainWaitsUntilTheEndsAreWritten() {
        written = new CompletableFuture<>();
        claimed(4);
        end.complete(null);
        await().until(() -> get(lane.running()) == 4);

        var drained = lane.drain().subscribeAsCompletionStage();

        assertThat(get(lane.held())).hasSize(4);
        assertThat(drained).isNotDone();
        written.complete(null);
        await().until(drained::isDone);
    }
}
