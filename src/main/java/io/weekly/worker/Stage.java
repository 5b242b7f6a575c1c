package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;

/** The work that a lane does for each of its jobs. */
interface Stage {

    /** The lane whose jobs it takes. */
    Lane lane();

    /** The number of jobs that may run this stage at the same time now. */
    Slots slots();

    /** Does the stage of one report. */
    Uni<FinishedStage> run(Lease lease);

    /** Whether a job keeps its slot until its end is written; else the slot is free as soon as the stage has ended. */
    boolean keepsSlotUntilWritten();
}
