package io.weekly.worker;

/**
 * How many stages of a lane may be under way now.
 *
 * @param count 0 while the lane backs off: then it claims nothing, and releases the leases whose stage has not begun
 * @param buffered whether the lane holds more leases than it has slots; false while it sends probes to a mail server that refused its last
 * mails
 */
record Slots(int count, boolean buffered) {

    /** While the lane backs off. */
    static final Slots NONE = new Slots(0, false);

    static Slots of(int count) {
        return new Slots(count, true);
    }
}
