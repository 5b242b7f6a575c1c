package io.weekly.chaos;

import java.time.Duration;

/** A failure. */
sealed interface Event {

    /**
     * SIGKILL of a replica. It is started again.
     *
     * @param speaking waits for a dialogue with the mail server first, if there is one soon
     * @param clock the offset of its clock from then on
     */
    record Kill(int replica, boolean speaking, Duration clock) implements Event {}

    /**
     * SIGTERM of a replica. It is started again when it has ended.
     *
     * @param clock the offset of its clock from then on
     */
    record Stop(int replica, Duration clock) implements Event {}

    /** SIGKILL of the database. It is started again after {@code away}. */
    record KillDatabase(Duration away) implements Event {}

    /** The database closes all connections. */
    record CutConnections() implements Event {}

    /** The mail server accepts no connections for a while. */
    record RefuseMail(Duration away) implements Event {}

    /** The mail server has a mood in the next dialogues. */
    record Moody(Mood mood, int dialogues) implements Event {}
}
