package io.weekly.run;

import io.weekly.report.FailedReports.Retried;

/** Counts what a call to retry a run has done so far. One call uses it, step by step. */
final class RetryTally {

    /** After this many faults in a row the fault is not about single reports, so the call ends. */
    private static final int MAX_FAULTS_IN_A_ROW = 20;

    private int retried;
    private int refused;
    private int faults;
    private int faultsInARow;

    void add(Retried set) {
        retried += set.retried();
        refused += set.refused();
        if (set.retried() > 0) {
            faultsInARow = 0;
        }
    }

    /** A single report could not be retried. */
    void addFault() {
        faults++;
        faultsInARow++;
    }

    /** How many reports are tried again. */
    int retried() {
        return retried;
    }

    /** Whether the next set may succeed. If a report is refused, so are all others of its run. */
    boolean goesOn() {
        return refused == 0 && faultsInARow < MAX_FAULTS_IN_A_ROW;
    }

    /** Whether no failed report was left. */
    boolean complete() {
        return refused == 0 && faults == 0;
    }
}
