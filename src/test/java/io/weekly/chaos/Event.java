package io.weekly.chaos;

import java.time.Duration;

/** Something that goes wrong. */
sealed interface Event {

    /**
     * SIGKILL of a replica; it is started again.
     *
     * @param clock how far its clock is off from then on
     * @param speaking in the middle of a dialogue with the mail server, if it comes to one soon; else at any moment
     */
    record Kill(int replica, boolean speaking, Duration clock) implements Event {}

    /**
     * SIGTERM of a replica, its end, and its start.
     *
     * @param clock how far its clock is off from then on
     */
    record Stop(int replica, Duration clock) implements Event {}

    /** SIGKILL of the database, and its restart after a while. */
    record KillDatabase(Duration away) implements Event {}

    /** All connections to the database are cut, by the database. */
    record CutConnections() implements Event {}

    /** The mail server takes no connections for a while. */
    record RefuseMail(Duration away) implements Event {}

    /** The mail server will be in a mood for a number of dialogues. */
    record Moody(Mood mood, int dialogues) implements Event {}
}
