package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import java.util.function.Function;
import java.util.function.Supplier;

/** A stage that does what a test says. */
record TestStage(Lane lane, Supplier<Slots> slotsNow, Function<Lease, Uni<FinishedStage>> work, boolean keepsSlotUntilWritten)
        implements Stage {

    @Override
    public Slots slots() {
        return slotsNow.get();
    }

    @Override
    public Uni<FinishedStage> run(Lease lease) {
        return work.apply(lease);
    }
}
