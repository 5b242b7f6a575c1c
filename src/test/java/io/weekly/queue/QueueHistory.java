package io.weekly.queue;

import io.weekly.queue.QueueModel.State;
import java.util.ArrayList;
import java.util.List;

/** One random history of the queue. Each step does an operation on the rows and on the model, and then compares them. */
final class QueueHistory {

    private final ModelledQueue queue;
    private final EnqueueSteps enqueue;
    private final ClaimSteps claim;
    private final LeaseSteps leases;
    private final List<Step> steps;
    private final List<String> story = new ArrayList<>();

    private record Step(int weight, String name, Runnable act) {}

    QueueHistory(ModelledQueue queue) {
        this.queue = queue;
        enqueue = new EnqueueSteps(queue);
        claim = new ClaimSteps(queue);
        leases = new LeaseSteps(queue, claim.issued());
        steps = List.of(
                new Step(5, "enqueue", enqueue::enqueue),
                new Step(3, "enqueue a chunk", enqueue::enqueueChunk),
                new Step(1, "let go", enqueue::letGo),
                new Step(2, "time passes", enqueue::pass),
                new Step(3, "stage", enqueue::stage),
                new Step(1, "discard", enqueue::discard),
                new Step(4, "claim", claim::claim),
                new Step(4, "claim at once", claim::claimAtOnce),
                new Step(1, "pause or resume", claim::pause),
                new Step(2, "extend", leases::extend),
                new Step(2, "hand over", leases::handOver),
                new Step(3, "release", leases::release),
                new Step(3, "retry", leases::retry),
                new Step(4, "finish", leases::finish),
                new Step(2, "leases run out", leases::runOut),
                new Step(2, "rescue", leases::rescue),
                new Step(3, "contend", leases::contend));
    }

    /** Does that many steps, and then completes all jobs that are left. */
    void tell(int length) {
        for (var i = 0; i < length; i++) {
            act(drawn());
        }
        act(new Step(0, "end", this::end));
    }

    private void act(Step step) {
        story.add(step.name());
        step.act().run();
        queue.check();
    }

    private Step drawn() {
        var left = queue.random().nextInt(steps.stream().mapToInt(Step::weight).sum());
        for (var step : steps) {
            left -= step.weight();
            if (left < 0) {
                return step;
            }
        }
        throw new IllegalStateException("more was drawn than there is");
    }

    private void end() {
        queue.passed(queue.model().those(job -> job.state() != State.READY).stream().map(job -> job.getValue().id()).toList());
        leases.rescue();
        enqueue.stage();
        queue.check();
        leases.end(claim.claimAll());
        queue.everythingHasEnded();
    }

    /** The steps up to now. */
    List<String> story() {
        return story;
    }
}
