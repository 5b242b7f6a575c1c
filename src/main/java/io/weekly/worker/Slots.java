package io.weekly.worker;

/**
 * How many stages of a lane may be under way now.
 *
 * @param count 0 while the lane waits: then it claims nothing, and gives back what it holds beside what is under way
 * @param buffered whether more is to be held than fits into the places; not while a lane tries whether it can work at all
 */
record Slots(int count, boolean buffered) {

    /** While the lane waits. */
    static final Slots NONE = new Slots(0, false);

    static Slots of(int count) {
        return new Slots(count, true);
    }
}
